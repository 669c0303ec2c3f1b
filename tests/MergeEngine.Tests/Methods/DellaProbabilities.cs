using MergeEngine.Expressions;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Methods;

/// <summary>The probabilities of keeping that mergekit recorded in its DELLA merges of float32.</summary>
public class DellaProbabilities
{
    const double Tolerance = 1e-6;

    [Theory]
    [InlineData("della-injected", "models/llama-base", "models/llama-a", 0, 0.5, 0.15)]
    [InlineData("della-injected", "models/llama-base", "models/llama-b", 1, 0.4, 0.15)]
    [InlineData("della-epsilon", "models/llama-base", "models/llama-b", 1, 0.3, 0.2)]
    [InlineData("della-gpt2", "models/gpt2-base", "models/gpt2-a", 0, 0.6, 0.1)]
    [InlineData("della_linear-epsilon", "models/llama-base", "models/llama-a", 0, 0.6, 0.3)]
    public void AreThoseOfMergekit(string name, string baseModel, string model, int index, double density, double epsilon)
    {
        string mark = $"/{index}.probability";
        var (start, end) = (TensorFile.ReadCheckpoint(Path.Combine(TestData.Folder, baseModel)), TensorFile.ReadCheckpoint(Path.Combine(TestData.Folder, model)));
        var recorded = TensorFile.Read(Path.Combine(TestData.Folder, "mergekit", name, "draws.safetensors")).Where(tensor => tensor.Key.EndsWith(mark, StringComparison.Ordinal)).ToArray();
        int compared = 0;
        foreach (var (key, probabilities) in recorded)
        {
            string tensor = key[..^mark.Length];
            var (shape, from, to) = (start[tensor].Info.Shape, MemoryTensors.Floats(start[tensor].Bytes), MemoryTensors.Floats(end[tensor].Bytes));
            float[] merged = new ArrayMerge(new Probability(density, epsilon), shape, from, [to]).Run(), expected = MemoryTensors.Floats(probabilities.Bytes);
            for (int row = 0, length = (int)shape.Extents[^1]; row < merged.Length; row += length)
            {
                if (HasEquals(from.AsSpan(row, length), to.AsSpan(row, length))) continue;
                Near.Check(expected[row..(row + length)], merged[row..(row + length)], Tolerance, key);
                compared++;
            }
        }
        Assert.InRange(compared, 50, int.MaxValue);
    }

    /// <summary>mergekit ranks equal magnitudes in no definite order.</summary>
    static bool HasEquals(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        HashSet<float> magnitudes = [];
        for (int i = 0; i < from.Length; i++)
            if (!magnitudes.Add(Math.Abs(to[i] - from[i]))) return true;
        return false;
    }

    sealed class Probability(double density, double epsilon) : IMergeMethod
    {
        public MethodSpec Spec { get; } = new("probability", "Probability", "test", []) { NeedsBase = true };

        public LazyTensor Merge(MergeInputs inputs) => inputs.Models[0].TaskVector.RanksAlongSecondAxis() * (2 * epsilon) + (density - epsilon);
    }
}
