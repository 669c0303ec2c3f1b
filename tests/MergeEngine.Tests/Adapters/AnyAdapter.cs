using System.Runtime.InteropServices;
using MergeEngine.Execution;
using MergeEngine.Planning;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>Laws of folding, whatever the numbers: methods-b B-01, invariants.</summary>
public sealed class AnyAdapter : IDisposable
{
    const string DoubledWeight = "merge_method: passthrough\nmodels: [{model: {model: base/llama, lora: {path: adapters/plain-a, weight: 2}}}]";

    readonly string output = Directory.CreateTempSubdirectory("adapted-").FullName;

    public static TheoryData<string, string> Bases => new() { { "plain-a", "llama" }, { "gpt2", "gpt2" }, { "embedding-b", "llama" } };

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Theory, MemberData(nameof(Bases))]
    public void WithoutASecondFactorLeavesEveryBit(string adapter, string based)
    {
        using var folder = new AdapterFolder(adapter).Zeroed("lora_B").Zeroed("lora_embedding_B");
        var ours = Merge(folder.Recipe.Replace("base/llama", $"base/{based}", StringComparison.Ordinal));
        var before = TensorFile.ReadCheckpoint(Path.Combine(FoldCase.Folder, "base", based));
        Assert.All(ours, tensor => Assert.Equal(before[tensor.Key].Bytes, tensor.Value));
    }

    [Fact]
    public void OfDoubledAlphaIsTheAdapterWithWeightTwo()
    {
        using var folder = new AdapterFolder().With("lora_alpha", "16");
        var doubled = Merge(folder.Recipe);
        Assert.All(Merge(DoubledWeight), tensor => Assert.Equal(doubled[tensor.Key], tensor.Value));
    }

    [Fact]
    public void WithTheOppositeWeightIsUndone()
    {
        var ours = Merge("merge_method: passthrough\nmodels: [{model: {model: base/llama, lora: [adapters/plain-a, {path: adapters/plain-a, weight: -1}]}}]");
        foreach (var (tensor, (_, bytes)) in TensorFile.ReadCheckpoint(Path.Combine(FoldCase.Folder, "base", "llama")))
            Assert.All(Floats(bytes).Zip(Floats(ours[tensor])), pair => Assert.InRange(pair.Second, pair.First - 1e-6f, pair.First + 1e-6f));
    }

    [Theory]
    [InlineData("wide"), InlineData("dora"), InlineData("embedding"), InlineData("token-indices")]
    public void GivesTheSameBitsHoweverItIsRun(string adapter)
    {
        string recipe = $"merge_method: passthrough\nmodels: [{{model: base/llama+adapters/{adapter}}}]";
        var expected = Merge(recipe, new MergeOptions { Kernels = "scalar", Threads = 1, TileSize = 64 });
        foreach (var options in new MergeOptions[] { new(), new() { Threads = 7, TileSize = 1008 }, new() { Threads = 2, Kernels = "simd", TileSize = 16 } })
            Assert.All(Merge(recipe, options), tensor => Assert.Equal(expected[tensor.Key], tensor.Value));
    }

    [Fact]
    public void OfColumnsGivesTheSameBitsHoweverItIsRun()
    {
        const string Recipe = "merge_method: passthrough\nmodels: [{model: base/gpt2+adapters/gpt2-dora}]";
        var expected = Merge(Recipe, new MergeOptions { Kernels = "scalar", Threads = 1, TileSize = 64 });
        Assert.All(Merge(Recipe, new MergeOptions { Threads = 3, TileSize = 1008 }), tensor => Assert.Equal(expected[tensor.Key], tensor.Value));
    }

    [Fact]
    public void IsPartOfEveryKey()
    {
        using AdapterFolder weaker = new AdapterFolder().With("lora_alpha", "4"), same = new();
        MergePlan plan = FoldCase.PlanOf(same.Recipe), other = FoldCase.PlanOf(weaker.Recipe);
        string Key(MergePlan of, string tensor) => of.TensorKeyText(of.Steps.Single(step => step.Name == tensor), stored => stored.Name);
        const string Changed = "model.layers.0.self_attn.q_proj.weight", Untouched = "model.norm.weight";
        Assert.NotEqual(Key(plan, Changed), Key(other, Changed));
        Assert.Equal(Key(plan, Untouched), Key(other, Untouched));
        Assert.DoesNotContain(same.Path, Key(plan, Changed), StringComparison.Ordinal);
        Assert.Contains(plan.InputFiles, file => file.StartsWith(same.Path, StringComparison.Ordinal));
    }

    Dictionary<string, byte[]> Merge(string recipe, MergeOptions? options = null)
    {
        string folder = Path.Combine(output, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        MergeExecutor.Run(FoldCase.PlanOf(recipe), folder, options ?? new MergeOptions(), null, CancellationToken.None);
        return TensorFile.ReadCheckpoint(folder).ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Bytes);
    }

    static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
