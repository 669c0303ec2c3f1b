using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>The memory budget is a promise, also for twenty inputs whose tensors are ten times as large, and for the smallest budget that is accepted.</summary>
public class Budget
{
    const int ModelCount = 20, RowLength = 1500;

    /// <summary>Method, budget (0: the smallest that is accepted), threads.</summary>
    public static TheoryData<string, long, int> Merges => new()
    {
        { "linear", 2 << 20, 1 }, { "linear", 2 << 20, 2 }, { "linear", 4 << 20, 7 }, { "linear", 0, 1 },
        { "ties", 2 << 20, 2 }, { "ties", 0, 1 },
        { "dare_ties", 0, 1 },
        { "breadcrumbs", 0, 1 }, { "arcee_fusion", 0, 2 }, { "sce", 0, 1 }, { "karcher", 0, 1 }, { "della", 0, 1 }, { "della_linear", 4 << 20, 2 },
        { "model_stock", 0, 1 }, { "passthrough", 0, 2 },
    };

    [Theory]
    [MemberData(nameof(Merges))]
    public void HoldsForTensorsTenTimesItsSize(string method, long budget, int threads)
    {
        if (budget == 0) budget = SmallestBudget(Step(method, 1));
        var step = Step(method, budget * 10 / sizeof(float));
        var account = new MemoryAccount();
        var run = Prepare(step, budget, threads);
        MergeExecutor.Run([step], run, account, null, CancellationToken.None);
        Assert.InRange(account.Peak, 1, budget);
    }

    [Fact]
    public void ThatIsTooSmallFailsWithMRG0305()
    {
        var step = Step("linear", 100);
        var error = Assert.Throws<MergeException>(() => Prepare(step, SmallestBudget(step) - 1, 1)).Diagnostics.Single();
        Assert.Equal("MRG0305", error.Code);
        Assert.Contains("'w'", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ties")]
    [InlineData("della")]
    public void DoesNotChangeABit(string method)
    {
        var step = Step(method, 200_000);
        string[] Digests(long budget) => MergeExecutor.Run([step], Prepare(step, budget, 2), new MemoryAccount(), null, CancellationToken.None);
        Assert.Equal(Digests(1 << 30), Digests(SmallestBudget(step)));
    }

    static MergeStep Step(string method, long count)
    {
        var merge = MethodRegistry.All[method];
        var shape = merge.Spec.ComparesInVectors ? new TensorShape((count + RowLength - 1) / RowLength, RowLength) : new TensorShape(count);
        var parameters = merge.Spec.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name == "density" ? 0.5 : parameter.Required ? 1 : parameter.Default);
        int models = Math.Min(merge.Spec.MaxModels, method switch { "model_stock" or "karcher" => 5, "della" or "della_linear" => 2, _ => ModelCount });
        int first = merge.Spec.NeedsBase ? -1 : 0;
        return new MergeStep("w", shape, Dtype.F32, merge, [.. Enumerable.Range(first, models - first).Select(index =>
            new StepSource($"model{index}", new TensorInfo("w", Dtype.F32, shape, $"{index + 1}", 0, shape.Count * sizeof(float)), shape, index < 0, index, parameters))], parameters);
    }

    static MergeRun Prepare(MergeStep step, long budget, int threads) => MergeExecutor.Prepare(
        [step], new SourcePosition("test.yml"), new MergeOptions { MemoryBudget = budget, Threads = threads }, Read, (_, _, _) => { }, PhiloxDraws.Of(0), false);

    /// <summary>Elements are made where they are read, so that only the engine's own buffers need memory.</summary>
    static void Read(TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        uint state = uint.Parse(tensor.File) * 977 + (uint)(byteOffset / sizeof(float));
        foreach (ref float element in MemoryMarshal.Cast<byte, float>(destination)) element = (int)(state++ * 2654435761u >> 24) - 128;
    }

    static long SmallestBudget(MergeStep step)
    {
        (long tooSmall, long enough) = (0, 1L << 30);
        while (enough - tooSmall > 1)
        {
            long middle = (tooSmall + enough) / 2;
            if (Record.Exception(() => Prepare(step, middle, 1)) is MergeException) tooSmall = middle;
            else enough = middle;
        }
        return enough;
    }
}
