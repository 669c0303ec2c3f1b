using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>Tensors without elements or dimensions, parts of larger tensors, tensors that are only copied.</summary>
public class UnusualTensors
{
    /// <summary>Parameters that change how a tensor is cut.</summary>
    static readonly Dictionary<string, (string, double)[]> Variants = new()
    {
        ["model_stock"] = [("filter_wise", 1)],
        ["nuslerp"] = [("nuslerp_flatten", 0)],
        ["sce"] = [("select_topk", 0.5)],
    };

    public static TheoryData<string> Ids => [.. MethodRegistry.All.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void WithoutElementsOrDimensionsAreMerged(string id)
    {
        foreach (long[] extents in (long[][])[[0], [3, 0], [0, 3], [2, 0, 3], []])
            foreach (var (name, value) in Variants.GetValueOrDefault(id, []).Prepend(("", 0)))
            {
                float[] elements = extents.Length == 0 ? [4] : [];
                var merge = Merge(id, new TensorShape(extents), elements, elements);
                Assert.Equal(elements, (name == "" ? merge : merge.With((name, value))).Run());
            }
    }

    /// <summary>Cropped embeddings: leading rows and columns of the stored tensor.</summary>
    [Fact]
    public void CroppedToLeadingRowsAndColumnsAreRead()
    {
        var (view, whole) = (new TensorShape(300, 301), new TensorShape(310, 305));
        float[] stored = [.. Enumerable.Range(0, (int)whole.Count).Select(i => (float)i)];
        float[] expected = [.. Enumerable.Range(0, (int)view.Count).Select(i => 2f * (i / 301 * 305 + i % 301))];
        foreach (var options in RunSettings.Paired) Assert.Equal(expected, Scaled(stored, whole, view, options));
        Assert.Equal(stored[..1000].Select(value => 2 * value), Scaled(stored, new TensorShape(whole.Count), new TensorShape(1000), new MergeOptions()));
    }

    [Theory]
    [InlineData(Dtype.I64)]
    [InlineData(Dtype.BOOL)]
    [InlineData(Dtype.U8)]
    public void OfIntegersAreCopiedByteForByte(Dtype dtype)
    {
        var shape = new TensorShape(70_001);
        byte[] bytes = new byte[shape.Count * dtype.Size()];
        new Random(3).NextBytes(bytes);
        Assert.Equal(bytes, Copied(dtype, shape, bytes, method: null));
    }

    /// <summary>Passthrough without a scale keeps the bits, also of a negative zero.</summary>
    [Fact]
    public void PassedThroughKeepTheirBytes()
    {
        byte[] bytes = [0x00, 0x80, 0x01, 0x00, 0x80, 0x3F];
        Assert.Equal(bytes, Copied(Dtype.BF16, new TensorShape(3), bytes, MethodRegistry.All["passthrough"]));
    }

    /// <summary>1e300 is no float32, and none is made of it; infinity stays an error.</summary>
    [Fact]
    public void OfDoublesBeyondFloat32AreCopied()
    {
        byte[] Bytes(double last) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>([1e300, -1e-300, last]).ToArray();
        Assert.Equal(Bytes(2), Copied(Dtype.F64, new TensorShape(3), Bytes(2), MethodRegistry.All["passthrough"]));
        var exception = Assert.Throws<MergeException>(() => Copied(Dtype.F64, new TensorShape(3), Bytes(double.PositiveInfinity), MethodRegistry.All["passthrough"]));
        Assert.Equal("MRG0304", Assert.Single(exception.Diagnostics).Code);
    }

    [Fact]
    public void HaveTheDigestOfTheirBytes()
    {
        var tensors = new MemoryTensors();
        var step = Step(tensors, 150_000);
        var merged = MemoryMerge.Run(tensors, [step], new MergeOptions { Threads = 2 });
        var digest = new TensorDigest(merged.Outputs[0].Length);
        for (int end = merged.Outputs[0].Length, start; end > 0; end = start)
        {
            start = (end - 1) / TensorDigest.ChunkLength * TensorDigest.ChunkLength;
            digest.Add(start, merged.Outputs[0].AsSpan(start, end - start));
        }
        Assert.Equal(digest.Finish(), merged.Digests[0]);
        byte[] chunks = [.. merged.Outputs[0].Chunk(TensorDigest.ChunkLength).SelectMany(chunk => Blake3.Hasher.Hash(chunk).AsSpan().ToArray())];
        Assert.Equal(Blake3.Hasher.Hash(chunks).ToString(), merged.Digests[0]);
    }

    static MergeStep Step(MemoryTensors tensors, int count)
    {
        var shape = new TensorShape(count);
        return new("w", shape, Dtype.F32, MethodRegistry.All["passthrough"], [new("m", tensors.Add("m", "w", shape, new float[count]), shape, false, 0, Scale(3))], Scale(3));
    }

    static ArrayMerge Merge(string id, TensorShape shape, params float[][] models)
    {
        var spec = MethodRegistry.All[id].Spec;
        var merge = new ArrayMerge(MethodRegistry.All[id], shape, spec.NeedsBase ? models[0] : null, [.. models.Take(spec.MaxModels)]);
        if (spec.Find("weight") is not null) merge = merge.WithEach("weight", [.. merge.Models.Select(_ => 0.5)]);
        if (spec.Find("density") is not null) merge = merge.WithEach("density", [.. merge.Models.Select(_ => 0.5)]);
        return spec.Find("t") is null ? merge : merge.With(("t", 0.5));
    }

    static float[] Scaled(float[] stored, TensorShape whole, TensorShape view, MergeOptions options)
    {
        var tensors = new MemoryTensors();
        var source = new StepSource("m", tensors.Add("m", "w", whole, stored), view, false, 0, Scale(2));
        return MemoryTensors.Floats(MemoryMerge.Run(tensors, [new("w", view, Dtype.F32, MethodRegistry.All["passthrough"], [source], Scale(2))], options).Outputs[0]);
    }

    static byte[] Copied(Dtype dtype, TensorShape shape, byte[] bytes, IMergeMethod? method)
    {
        var tensors = new MemoryTensors();
        var source = new StepSource("m", tensors.Add("m", "w", dtype, shape, bytes), shape, false, 0, Scale(double.NaN));
        return MemoryMerge.Run(tensors, [new("w", shape, dtype, method, [source], Scale(double.NaN))], new MergeOptions()).Outputs[0];
    }

    static Dictionary<string, double> Scale(double value) => new() { ["scale"] = value };
}
