using MergeEngine.Adapters;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Adapters;

/// <summary>Factors are held while their tensor is merged, and count: the budget is a promise with adapters too.</summary>
public sealed class LargeFactors
{
    const int Outputs = 600, Inputs = 700, Rank = 300;

    /// <summary>Bytes of both factors.</summary>
    const long Held = (Outputs + Inputs) * Rank * sizeof(float);

    readonly MemoryTensors tensors = new();

    [Theory]
    [InlineData(1), InlineData(4)]
    public void StayInsideTheBudget(int threads)
    {
        const long Budget = Held + (1 << 20);
        var merge = MemoryMerge.Run(tensors, [Step()], new MergeOptions { MemoryBudget = Budget, Threads = threads });
        Assert.InRange(merge.PeakBytes, Held, Budget);
    }

    [Fact]
    public void ThatDoNotFitAreAnErrorBeforeAnythingIsRead()
    {
        var error = Assert.Throws<MergeException>(() => MemoryMerge.Run(tensors, [Step()], new MergeOptions { MemoryBudget = Held - 1, Threads = 1 })).Diagnostics.Single();
        Assert.Equal("MRG0305", error.Code);
        Assert.Equal(0, tensors.BytesRead);
    }

    MergeStep Step()
    {
        TensorShape shape = new(Outputs, Inputs);
        var stored = new StoredTensor("m", Add("w", Outputs, Inputs), shape);
        var pair = new FactorPair(StoredMatrix.Of("m", Add("b", Outputs, Rank)), StoredMatrix.Of("m", Add("a", Rank, Inputs)));
        var adapted = new AdaptedTensor(stored, new LowRankUpdate([pair], 0.5f));
        return new MergeStep("w", shape, Dtype.F32, MethodRegistry.All["linear"], [new StepSource("m", adapted, false, 0, new Dictionary<string, double> { ["weight"] = 1 })], new Dictionary<string, double> { ["normalize"] = 1 });
    }

    TensorInfo Add(string name, int rows, int columns) =>
        tensors.Add("m", name, new TensorShape(rows, columns), [.. Enumerable.Range(0, rows * columns).Select(i => (i * 37 % 101 - 50) / 100f)]);
}
