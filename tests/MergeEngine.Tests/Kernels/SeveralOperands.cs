using MergeEngine.Kernels;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Kernels;

/// <summary>Operations on one to four tile buffers of 0 to 256 elements, in a register file with other buffers between them.</summary>
public class SeveralOperands
{
    public static readonly string[] Names =
        [nameof(KernelSet.WeightedSum), nameof(KernelSet.SignOfSum), nameof(KernelSet.DisjointSum), nameof(KernelSet.DisjointMean), nameof(KernelSet.Variance), nameof(KernelSet.OverlapSum)];

    static readonly float[] Weights = [0.3f, -1.7f, 2, 0.5f];

    delegate void Call(KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination);

    [Fact]
    public void WeightedSumRoundsEachProductAndEachSum() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) => kernels.WeightedSum(sources, Weights.AsSpan(0, sources.Length), destination),
        (x, _) => x.Zip(Weights, (value, weight) => (float)((double)value * weight)).Aggregate((sum, product) => sum + product));

    [Fact]
    public void SignOfSumIsPositiveForZero() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) => kernels.SignOfSum(sources, destination),
        (x, _) => x.Aggregate((sum, value) => sum + value) >= 0 ? 1 : -1);

    [Fact]
    public void DisjointSumTakesWhatAgrees() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) => kernels.DisjointSum(sources, sign, destination),
        (x, sign) => x.Aggregate(0f, (sum, value) => sum + (Agrees(value, sign) ? value : 0)));

    [Fact]
    public void DisjointMeanDividesByTheWeightsThatAgree() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) =>
            kernels.DisjointMean(sources, sign, Weights.AsSpan(0, sources.Length), float.NegativeInfinity, destination),
        (x, sign) =>
        {
            float weight = x.Zip(Weights).Aggregate(0f, (sum, pair) => sum + (Agrees(pair.First, sign) ? pair.Second : 0));
            return x.Aggregate(0f, (sum, value) => sum + (Agrees(value, sign) ? value : 0)) / (weight == 0 ? 1 : weight);
        });

    [Fact]
    public void DisjointMeanDividesByTheSmallestDivisorAtLeast() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) =>
            kernels.DisjointMean(sources, sign, Weights.AsSpan(0, sources.Length), 0.4f, destination),
        (x, sign) =>
        {
            float weight = x.Zip(Weights).Aggregate(0f, (sum, pair) => sum + (Agrees(pair.First, sign) ? pair.Second : 0));
            return x.Aggregate(0f, (sum, value) => sum + (Agrees(value, sign) ? value : 0)) / (weight == 0 ? 1 : Math.Max(0.4f, weight));
        });

    [Fact]
    public void VarianceIsTheMeanSquareAboutTheMean() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) => kernels.Variance(sources, destination),
        (x, _) =>
        {
            double mean = x.Aggregate(0.0, (sum, value) => sum + value) / x.Length;
            return (float)(x.Aggregate(0.0, (sum, value) => sum + (value - mean) * (value - mean)) / x.Length);
        });

    [Fact]
    public void OverlapSumScalesWhatIsAloneAndAveragesTheRest() => Check(
        (KernelSet kernels, in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination) =>
            kernels.OverlapSum(sources, 1, Weights.AsSpan(0, sources.Length), destination),
        (x, _) =>
        {
            int overlap = x.Count(value => Math.Abs(value) > 1);
            return x.Zip(Weights).Aggregate(0f, (sum, pair) => sum + (Math.Abs(pair.First) > 1 ? overlap == 1 ? pair.First * pair.Second : pair.First / overlap : 0));
        });

    static void Check(Call call, Func<float[], float, float> meaning)
    {
        for (int length = 0; length <= SpecialNumbers.MaxLength; length++)
            for (int operands = 1; operands <= Weights.Length; operands++)
                foreach (var kernels in KernelSet.All) Check(kernels, length, operands, call, meaning);
    }

    /// <summary>Operands lie in reverse order, a buffer of NaN after each; the result takes the place of the first.</summary>
    static void Check(KernelSet kernels, int length, int operands, Call call, Func<float[], float, float> meaning)
    {
        int stride = length + 5;
        float[] registers = Enumerable.Repeat(float.NaN, stride * operands * 2).ToArray();
        float[][] x = [.. Enumerable.Range(0, operands).Select(t => SpecialNumbers.DrawModest(length, 1000 * t + length))];
        if (operands > 1) for (int i = 0; i < length; i += 7) x[1][i] = -x[0][i];
        int[] places = [.. Enumerable.Range(0, operands).Select(t => 2 * (operands - 1 - t))];
        for (int t = 0; t < operands; t++) x[t].CopyTo(registers, places[t] * stride);
        float[] sign = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? -1f : 1)];
        float[] expected = [.. Enumerable.Range(0, length).Select(i => meaning([.. x.Select(values => values[i])], sign[i]))];
        var result = registers.AsSpan(places[0] * stride, length);
        call(kernels, new TileOperands(registers, stride, length, places), sign, result);
        SameBits.Check(expected, result, () => $"{kernels.Name}, {operands} operands of {length}");
        Assert.All(registers.Chunk(stride), buffer => Assert.All(buffer[length..], value => Assert.True(float.IsNaN(value))));
    }

    static bool Agrees(float value, float sign) => value != 0 && float.IsNegative(value) == sign < 0;
}
