using MergeEngine.Adapters;
using MergeEngine.Execution;
using MergeEngine.Planning;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>Tables with a row per token, changed by an adapter: rows that are taken one by one have the bits of the whole table.</summary>
public sealed class AdaptedVocabulary : IDisposable
{
    readonly string output = Directory.CreateTempSubdirectory("rows-").FullName;

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Theory]
    [InlineData("embedding"), InlineData("embedding-replaced"), InlineData("token-indices"), InlineData("modules-to-save")]
    public void HasTheSameRowsInAnotherOrder(string adapter)
    {
        MergePlan plan = FoldCase.PlanOf($"merge_method: passthrough\nmodels: [{{model: base/llama+adapters/{adapter}}}]");
        MergeStep[] steps = [.. plan.Steps.Where(step => step.Name is "lm_head.weight" or "model.embed_tokens.weight")];
        Assert.Contains(steps, step => step.Sources[0].Tensor is AdaptedTensor { HasRows: true });
        byte[][] whole = Run(plan with { Steps = steps }), turned = Run(plan with { Steps = [.. steps.Select(Turned)] });
        for (int i = 0; i < steps.Length; i++)
        {
            int length = (int)(steps[i].Shape[1] * sizeof(float)), rows = (int)steps[i].Shape[0];
            for (int row = 0; row < rows; row++)
                Assert.Equal(whole[i].AsSpan(row * length, length).ToArray(), turned[i].AsSpan((rows - 1 - row) * length, length).ToArray());
        }
    }

    /// <summary>The last row first.</summary>
    static MergeStep Turned(MergeStep step)
    {
        PlannedTensor table = step.Sources[0].Tensor;
        int rows = (int)table.Shape[0];
        var map = new RowMap([.. Enumerable.Range(0, rows).Select(row => new RowOrigin(0, rows - 1 - row))], []);
        return step with { Sources = [step.Sources[0] with { Tensor = new GatheredRows([table], 0, map, table.Shape) }] };
    }

    byte[][] Run(MergePlan plan)
    {
        string folder = Path.Combine(output, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        MergeExecutor.Run(plan, folder, new MergeOptions { Threads = 2 }, null, CancellationToken.None);
        var merged = TensorFile.ReadCheckpoint(folder);
        return [.. plan.Steps.Select(step => merged[step.Name].Bytes)];
    }
}
