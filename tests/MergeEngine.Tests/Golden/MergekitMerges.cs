using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Kernels;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Golden;

/// <summary>Every merge that mergekit 0.1.4 made with the methods of this version: the same tensors within the tolerance of tests/data/mergekit/README.md.</summary>
public sealed class MergekitMerges : IDisposable
{
    const double Tolerance = 1e-6;

    /// <summary>A merge of a merge.</summary>
    const string TwoDocuments = "multi-two-documents";

    readonly string output = Directory.CreateTempSubdirectory("golden-").FullName;

    public static TheoryData<string> Cases => [.. GoldenCase.All().Except(TokenizerMerges.OtherOrder).Except(Difference.CasesOf("refused")).Except(Difference.CasesOf("renamed")).Where(name => name != TwoDocuments)];

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Theory, MemberData(nameof(Cases))]
    public void AreTheSame(string name)
    {
        var golden = new GoldenCase(name);
        var (plan, _) = golden.Merge(output, new MergeOptions { Threads = 2 });
        var thresholds = new Thresholds();
        var ours = TensorFile.ReadCheckpoint(output);
        var theirs = golden.Read("expected.safetensors");
        Evidence[] differences = [.. Difference.Of[name]];
        var added = differences.Where(evidence => evidence.Kind == "adds").SelectMany(evidence => evidence.Arguments);
        Assert.Equal(theirs.Keys.Concat(added).Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        var reference = File.Exists(golden.PathOf("reference-float32.safetensors")) ? golden.Read("reference-float32.safetensors") : theirs;
        foreach (var (tensor, (info, bytes)) in ours.Where(tensor => theirs.ContainsKey(tensor.Key) && !differences.Any(evidence => evidence.Replaces(tensor.Key))))
        {
            Dtype dtype = differences.Any(evidence => evidence.Kind == "written") ? info.Dtype : theirs[tensor].Info.Dtype;
            Assert.Equal((dtype, theirs[tensor].Info.Shape), (info.Dtype, info.Shape));
            if (Thresholds.MayFlip(golden)) thresholds.Add(plan, tensor, Decode(reference[tensor]), (info, bytes));
            else if (golden.Compare == "exact" || !info.Dtype.IsFloat()) Assert.True(theirs[tensor].Bytes.AsSpan().SequenceEqual(bytes), tensor);
            else if (golden.Compare == "statistics") Assert.Equal(golden.Statistics.Single(row => row.Name == tensor).Deviation, Deviation(info, bytes), 0.01);
            else if (info.Dtype == Dtype.F32) AssertClose(tensor, Decode(reference[tensor]), Decode((info, bytes)));
            else AssertOneRounding(tensor, info.Dtype, Decode(reference[tensor]), bytes);
        }
        thresholds.Check();
    }

    public static TheoryData<string> Trims => [.. GoldenCase.All().Where(name => name.StartsWith("breadcrumbs", StringComparison.Ordinal))];

    /// <summary>Where no outlier is dropped, the tool erases the task vector. Asked to do the same, all tensors are its.</summary>
    [Theory, MemberData(nameof(Trims))]
    public void OfBreadcrumbsThatEraseAreTheSame(string name)
    {
        var golden = new GoldenCase(name);
        golden.Merge(output, new MergeOptions(), parameters: ("without_outliers", 1));
        var (ours, theirs) = (TensorFile.ReadCheckpoint(output), golden.Read("expected.safetensors"));
        var reference = File.Exists(golden.PathOf("reference-float32.safetensors")) ? golden.Read("reference-float32.safetensors") : theirs;
        foreach (var (tensor, (info, bytes)) in ours)
        {
            if (info.Dtype == Dtype.F32) AssertClose(tensor, Decode(reference[tensor]), Decode((info, bytes)));
            else AssertOneRounding(tensor, info.Dtype, Decode(reference[tensor]), bytes);
        }
    }

    [Theory]
    [InlineData("sce-light", "MRG0307")]
    [InlineData("sce-default", "")]
    public void TellWhatTheMethodFound(string name, string codes) =>
        Assert.Equal(codes, string.Join(' ', new GoldenCase(name).Merge(output, new MergeOptions { Threads = 2 }).Outcome.Warnings.Select(warning => warning.Code)));

    [Fact]
    public void OfMixtralHaveTheSameExperts()
    {
        var golden = new GoldenCase("linear-mixtral");
        golden.Merge(output, new MergeOptions());
        var ours = TensorFile.ReadCheckpoint(output);
        foreach (var (tensor, stored) in golden.Read("expected.safetensors"))
            AssertClose(tensor, Decode(stored), ours.TryGetValue(tensor, out var same) ? Decode(same) : Fused(tensor, ours));
    }

    [Fact]
    public void OfMergesAreTheSame()
    {
        var tree = RecipeTree.OfCase(TwoDocuments);
        foreach (var ours in new[] { tree.MergeOneByOne(Path.Combine(output, "steps"), new MergeOptions()), tree.MergeAtOnce(Path.Combine(output, "once"), new MergeOptions()) })
            foreach (var (tensor, stored) in new GoldenCase(TwoDocuments).Read("expected.safetensors")) AssertClose(tensor, Decode(stored), Decode(ours[tensor]));
    }

    /// <summary>No golden recipe names the torch form of a model, so one that names its safetensors form is read with it.</summary>
    [Theory]
    [InlineData("linear-two")]
    [InlineData("ties-two")]
    public void OfTorchFilesAreTheSame(string name)
    {
        string recipe = Path.Combine(output, "recipe.yml"), merged = Path.Combine(output, "merged");
        string text = File.ReadAllText(new GoldenCase(name).PathOf("recipe.yml"));
        Assert.Contains("models/llama-a", text, StringComparison.Ordinal);
        File.WriteAllText(recipe, text.Replace("models/llama-a", "models/llama-a-pickle", StringComparison.Ordinal));
        var plan = MergePlanner.Plan(RecipeFile.Read(recipe).Single(), new PlanningContext { ProjectDirectory = TestData.Folder });
        Assert.Contains(plan.InputTensors, tensor => tensor.File.EndsWith(Checkpoint.TorchFileName, StringComparison.Ordinal));
        MergeExecutor.Run(plan, merged, new MergeOptions(), null, CancellationToken.None);
        new GoldenCase(name).Merge(output, new MergeOptions());
        Assert.Equal(File.ReadAllBytes(Path.Combine(output, Checkpoint.SingleFileName)), File.ReadAllBytes(Path.Combine(merged, Checkpoint.SingleFileName)));
    }

    /// <summary>gate_up_proj: w1 above w3 for each expert; down_proj: w2.</summary>
    static float[] Fused(string tensor, Dictionary<string, (TensorInfo, byte[])> ours)
    {
        string layer = tensor[..tensor.IndexOf(".mlp.", StringComparison.Ordinal)];
        string[] parts = tensor.EndsWith("gate_up_proj", StringComparison.Ordinal) ? ["w1", "w3"] : tensor.EndsWith("down_proj", StringComparison.Ordinal) ? ["w2"] : [];
        if (parts.Length == 0) return Decode(ours[$"{layer}.block_sparse_moe.gate.weight"]);
        return [.. Enumerable.Range(0, 2).SelectMany(expert => parts.SelectMany(part => Decode(ours[$"{layer}.block_sparse_moe.experts.{expert}.{part}.weight"])))];
    }

    internal static void AssertClose(string tensor, float[] expected, float[] actual)
    {
        double bound = Tolerance * expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, $"{tensor}[{i}]: expected {expected[i]}, got {actual[i]}, allowed {bound}");
    }

    /// <summary>Equal after one rounding of the float32 reference, or one unit in the last place away.</summary>
    static void AssertOneRounding(string tensor, Dtype dtype, float[] reference, byte[] actual)
    {
        byte[] expected = new byte[actual.Length];
        KernelSet.All[0].Encode(dtype, reference, expected);
        var (wanted, found) = (MemoryMarshal.Cast<byte, ushort>(expected).ToArray(), MemoryMarshal.Cast<byte, ushort>(actual).ToArray());
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(Ordered(wanted[i]) - Ordered(found[i])) <= 1, $"{tensor}[{i}]: expected {reference[i]}, got pattern {found[i]:x4} instead of {wanted[i]:x4}");
    }

    /// <summary>Patterns of 16-bit numbers as integers in the order of the numbers.</summary>
    static int Ordered(ushort pattern) => (pattern & 0x8000) == 0 ? pattern : -(pattern & 0x7FFF);

    internal static float[] Decode((TensorInfo Info, byte[] Bytes) tensor)
    {
        var values = new float[tensor.Info.Shape.Count];
        KernelSet.All[0].Decode(tensor.Info.Dtype, tensor.Bytes, values);
        return values;
    }

    static double Deviation(TensorInfo info, byte[] bytes)
    {
        float[] values = Decode((info, bytes));
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
