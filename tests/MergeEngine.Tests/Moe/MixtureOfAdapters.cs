using MergeEngine.Execution;
using MergeEngine.Planning;
using MergeEngine.Tests.Adapters;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Moe;

/// <summary>Experts that are a model with an adapter.</summary>
public sealed class MixtureOfAdapters : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("moe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void HasTheFoldedMatrices()
    {
        const string model = "base/llama+adapters/all-linear";
        Write("moe", FoldCase.PlanOf($"base_model: base/llama\ngate_mode: random\nexperts: [{{source_model: {model}}}, {{source_model: base/llama}}]\n"));
        Write("folded", FoldCase.PlanOf($"merge_method: passthrough\nmodels: [{{model: {model}}}]\n"));
        var (moe, folded) = (TensorFile.ReadCheckpoint(Path.Combine(folder, "moe")), TensorFile.ReadCheckpoint(Path.Combine(folder, "folded")));
        foreach (var (dense, expert) in new[] { ("gate_proj", "w1"), ("down_proj", "w2"), ("up_proj", "w3") })
            Assert.Equal(folded[$"model.layers.1.mlp.{dense}.weight"].Bytes, moe[$"model.layers.1.block_sparse_moe.experts.0.{expert}.weight"].Bytes);
        Assert.NotEqual(moe["model.layers.1.block_sparse_moe.experts.1.w1.weight"].Bytes, moe["model.layers.1.block_sparse_moe.experts.0.w1.weight"].Bytes);
    }

    void Write(string name, MergePlan plan) => MergeExecutor.Run(plan, Path.Combine(folder, name), new MergeOptions(), null, CancellationToken.None);
}
