using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>A recipe that another one uses is computed inside its passes: the same bytes as written first, without writing.</summary>
public sealed class ResultInsideAMerge : IDisposable
{
    const string Chain = """
        name: one
        merge_method: linear
        dtype: bfloat16
        models: [{model: models/llama-a, parameters: {weight: 0.3}}, {model: models/llama-b, parameters: {weight: 0.7}}]
        ---
        name: two
        merge_method: task_arithmetic
        base_model: models/llama-base
        models: [{model: one, parameters: {weight: 0.5}}, {model: models/llama-c, parameters: {weight: -0.25}}]
        ---
        merge_method: linear
        models: [{model: two, parameters: {weight: 1}}, {model: models/llama-a, parameters: {weight: 1}}]
        """;

    readonly string folder = Directory.CreateTempSubdirectory("tree-").FullName;

    public static TheoryData<string> Methods => [.. MethodRegistry.All.Keys];

    public static TheoryData<string> Dtypes => ["float32", "float16", "bfloat16"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Methods))]
    public void HasTheBytesOfTheWrittenOne(string method) => AssertEqual(RecipeTree.Of(Twice(method, "bfloat16")), new MergeOptions { Threads = 2 });

    [Theory, MemberData(nameof(Dtypes))]
    public void IsRoundedToItsType(string dtype) => AssertEqual(RecipeTree.Of(Twice("ties", dtype)), new MergeOptions());

    [Theory]
    [InlineData("scalar", 64, 1)]
    [InlineData("simd", 1000, 3)]
    public void DependsOnNoTileThreadOrKernel(string kernels, int tile, int threads) =>
        AssertEqual(RecipeTree.Of(Twice("dare_ties", "float16")), new MergeOptions { Kernels = kernels, TileSize = tile, Threads = threads });

    [Fact]
    public void MayBeAChain() => AssertEqual(RecipeTree.Of(Chain), new MergeOptions());

    [Fact]
    public void HasASeedOfItsOwn() => AssertEqual(
        RecipeTree.Of(Twice("dare_linear", "float32").Replace("name: inner", "seed: 7\nname: inner", StringComparison.Ordinal)), new MergeOptions());

    [Fact]
    public void MayHaveOtherLayersThanItsModels() => AssertEqual(RecipeTree.Of("""
        name: stack
        merge_method: passthrough
        slices: [{sources: [{model: models/llama-4l-a, layer_range: [0, 3]}]}, {sources: [{model: models/llama-4l-b, layer_range: [1, 4]}]}]
        ---
        merge_method: slerp
        base_model: stack
        slices: [{sources: [{model: stack, layer_range: [2, 6]}, {model: models/llama-4l-b, layer_range: [0, 4]}]}]
        parameters: {t: [0, 1]}
        """), new MergeOptions());

    [Theory, MemberData(nameof(Dtypes))]
    public void MayHaveAdapters(string dtype) => AssertEqual(RecipeTree.Of($$$"""
        name: one
        merge_method: linear
        dtype: {{{dtype}}}
        models: [{model: models/llama-a, parameters: {weight: 0.3}}, {model: models/llama-b, parameters: {weight: 0.7}}]
        ---
        merge_method: task_arithmetic
        base_model: one
        models:
          - {model: one+models/lora-a, parameters: {weight: 0.75}}
          - {model: {model: one, lora: [models/lora-a, {path: models/lora-b, weight: -0.5}]}, parameters: {weight: 0.5}}
        """), new MergeOptions { Threads = 2 });

    /// <summary>Its inputs are read once, whatever else the chain needs, and nothing is written but the last result.</summary>
    [Fact]
    public void OfElementWiseMergesReadsInputsOnce()
    {
        MergePlan plan = RecipeTree.Of(Chain).Plan();
        Assert.Equal(plan.InputTensors.Sum(tensor => tensor.Length), BytesRead(plan, out long written));
        Assert.Equal(["one", "two"], plan.Results.Select(result => result.Name));
        Assert.Equal(4, plan.Models.Count);
        Assert.Equal(plan.Steps.Sum(step => step.Shape.Count * step.Dtype.Size()), written);
    }

    /// <summary>One merge is in both inputs: what it reads in a pass, it reads once, and its threshold is looked for once.</summary>
    [Fact]
    public void OnTwoWaysIsComputedOnce()
    {
        const string Tree = """
            name: trimmed
            merge_method: slerp
            base_model: models/llama-a
            models: [{model: models/llama-b}]
            parameters: {t: 0.4}
            ---
            name: half
            merge_method: linear
            models: [{model: trimmed, parameters: {weight: 1}}, {model: models/llama-c, parameters: {weight: 1}}]
            ---
            merge_method: linear
            models: [{model: half, parameters: {weight: 1}}, {model: trimmed, parameters: {weight: 1}}]
            """;
        MergePlan plan = RecipeTree.Of(Tree).Plan();
        long of(string model) => plan.InputTensors.Where(tensor => tensor.File.Contains(model, StringComparison.Ordinal)).Sum(tensor => tensor.Length);
        Assert.Equal(2 * (of("llama-a") + of("llama-b")) + of("llama-c"), BytesRead(plan, out _));
        AssertEqual(RecipeTree.Of(Tree), new MergeOptions());
    }

    [Fact]
    public void CopiedIsCopied() => AssertEqual(RecipeTree.Of("name: a\nmerge_method: passthrough\nmodels: [{model: models/bert-ids-base}]\n---\nmerge_method: passthrough\nmodels: [{model: a}]\n"), new MergeOptions());

    /// <summary>A merge by the method, whose result is the base or first model of another merge by it.</summary>
    static string Twice(string method, string dtype) =>
        $"name: inner\n{Merge(method, dtype, ["models/llama-base", "models/llama-a", "models/llama-b"])}---\n{Merge(method, dtype, ["inner", "models/llama-c", "models/llama-a"])}";

    static string Merge(string method, string dtype, string[] models)
    {
        MethodSpec spec = MethodRegistry.All[method].Spec;
        var listed = models.Skip(spec.NeedsBase ? 1 : 0).Take(spec.NeedsBase && spec.BaseIsInput ? 1 : Math.Min(3, spec.MaxModels));
        return $"""
            merge_method: {method}
            dtype: {dtype}
            {(spec.NeedsBase ? $"base_model: {models[0]}" : "")}
            models: [{string.Join(", ", listed.Select((model, i) => $"{{model: {model}{Values(spec, i)}}}"))}]
            {(spec.Find("t") is null ? "" : "parameters: {t: 0.3}")}

            """;
    }

    static string Values(MethodSpec spec, int i)
    {
        string[] given = [.. new[] { (Name: "weight", Value: 0.4 + 0.3 * i), (Name: "density", Value: 0.6), (Name: "scale", Value: 0.9) }
            .Where(value => spec.Find(value.Name)?.PerModel == true).Select(value => FormattableString.Invariant($"{value.Name}: {value.Value}"))];
        return given.Length == 0 ? "" : $", parameters: {{{string.Join(", ", given)}}}";
    }

    void AssertEqual(RecipeTree tree, MergeOptions options)
    {
        var written = tree.MergeOneByOne(Path.Combine(folder, "steps"), options);
        var merged = tree.MergeAtOnce(Path.Combine(folder, "once"), options);
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), merged.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, (info, bytes)) in written)
        {
            Assert.Equal((info.Dtype, info.Shape), (merged[name].Info.Dtype, merged[name].Info.Shape));
            Assert.True(bytes.AsSpan().SequenceEqual(merged[name].Bytes), name);
        }
    }

    static long BytesRead(MergePlan plan, out long bytesWritten)
    {
        using var reader = new TensorReader();
        long read = 0, written = 0;
        void Read(TensorInfo tensor, long offset, Span<byte> destination)
        {
            Interlocked.Add(ref read, destination.Length);
            reader.Read(tensor, offset, destination);
        }
        var run = MergeExecutor.Prepare(plan.Steps, plan.Recipe.Position, new MergeOptions { Threads = 1 }, Read, (_, _, bytes) => written += bytes.Length, PhiloxDraws.Of(plan.Seed), plan.AllowNonFinite);
        MergeExecutor.Run(plan.Steps, run, new MemoryAccount(), null, CancellationToken.None);
        bytesWritten = written;
        return read;
    }
}
