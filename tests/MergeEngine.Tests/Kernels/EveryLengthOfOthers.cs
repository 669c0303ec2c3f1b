using MergeEngine.Kernels;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Kernels;

/// <summary>Operations that are not element-wise, on spans of 0 to 256 elements at every phase of the lanes.</summary>
public class EveryLengthOfOthers
{
    /// <summary>The operations that this class and <see cref="StoredElements"/> try.</summary>
    public static readonly string[] Names =
    [
        nameof(KernelSet.AccumulateSum), nameof(KernelSet.AccumulateMagnitude), nameof(KernelSet.AccumulateDot), nameof(KernelSet.KeepLargest), nameof(KernelSet.DropLargest), nameof(KernelSet.AddProducts), nameof(KernelSet.LowRank), nameof(KernelSet.CountOverlaps),
        nameof(KernelSet.CountUpper), nameof(KernelSet.SelectRange), nameof(KernelSet.Uniform), nameof(KernelSet.AnyNonFinite),
        nameof(KernelSet.Decode), nameof(KernelSet.Encode), .. SeveralOperands.Names,
    ];

    [Fact]
    public void SumsGoToTheirLanes()
    {
        ForAll((kernels, length) =>
        {
            float[] x = SpecialNumbers.DrawModest(length, length), y = SpecialNumbers.DrawModest(length, 500 + length);
            for (int phase = 0; phase < KernelSet.Lanes; phase++)
            {
                Check(x, phase, i => x[i], (source, lanes) => kernels.AccumulateSum(source, phase, lanes));
                Check(x, phase, i => Math.Abs(x[i]), (source, lanes) => kernels.AccumulateMagnitude(source, phase, lanes));
                Check(x, phase, i => (double)x[i] * y[i], (source, lanes) => kernels.AccumulateDot(source, y, phase, lanes));
            }
        });
    }

    [Fact]
    public void ProductsAreAddedAtTheirPlaces()
    {
        ForAll((kernels, length) =>
        {
            float[] x = SpecialNumbers.DrawModest(length, length), y = SpecialNumbers.DrawModest(length, 500 + length);
            var sums = new GuardedSpan<double>([.. x.Select((_, i) => i / 3.0)], double.NaN, length);
            kernels.AddProducts(x, y, sums.Span);
            Assert.Equal([.. x.Select((value, i) => i / 3.0 + (double)value * y[i])], sums.Span.ToArray());
            sums.Check();
        });
    }

    [Fact]
    public void OverlapsAreCounted()
    {
        ForAll((kernels, length) =>
        {
            float[][] x = [.. Enumerable.Range(0, 3).Select(t => Enumerable.Range(0, length).Select(i => (i * (t + 3) + t) % 5 - 2f).ToArray())];
            int[] alone = [1, 2, 3], shared = [4, 5, 6], active = [.. Enumerable.Range(0, length).Select(i => x.Count(values => Math.Abs(values[i]) > 1))];
            kernels.CountOverlaps(new TileOperands([.. x[0], .. x[1], .. x[2]], length, length, [0, 1, 2]), 1, alone, shared);
            for (int t = 0; t < x.Length; t++)
            {
                Assert.Equal(t + 1 + x[t].Where((value, i) => Math.Abs(value) > 1 && active[i] == 1).Count(), alone[t]);
                Assert.Equal(t + 4 + x[t].Where((value, i) => Math.Abs(value) > 1 && active[i] > 1).Count(), shared[t]);
            }
        });
    }

    [Fact]
    public void LowRankProductsAreAddedInOrder()
    {
        ForAll((kernels, length) =>
        {
            foreach (int rank in (int[])[1, 2, 5])
            {
                int stride = length + 3;
                float[] row = SpecialNumbers.DrawModest(rank, length), columns = SpecialNumbers.DrawModest(rank * stride, 900 + length);
                if (length % 7 == 0) row.AsSpan().Clear();
                var destination = new GuardedSpan<float>(new float[length], 9, length);
                kernels.LowRank(row, new GuardedSpan<float>(columns, float.NaN, length).Span, stride, 0.7f, destination.Span);
                SameBits.Check([.. Enumerable.Range(0, length).Select(j => Product(row, columns, stride, j, 0.7f))], destination.Span, () => $"{kernels.Name} of rank {rank}");
                destination.Check();
            }
        });
    }

    static float Product(float[] row, float[] columns, int stride, int j, float scale)
    {
        float sum = row[0] * columns[j];
        for (int k = 1; k < row.Length; k++) sum = (float)(sum + (float)(row[k] * columns[k * stride + j]));
        float scaled = sum * scale;
        return scaled == 0 ? -0f : scaled;
    }

    [Fact]
    public void LargestStayUntilTheirRoomIsFull()
    {
        ForAll((kernels, length) =>
        {
            float[] x = [.. SpecialNumbers.Draw(length, length).Select((value, i) => i % 3 == 0 ? value : i % 2 == 0 ? -2 : 2)];
            foreach (float limit in (float[])[2, 0, float.MaxValue, float.Epsilon])
                foreach (long allowed in (long[])[-1, 0, 1, length / 4, length / 2, long.MaxValue])
                    CheckLargest(kernels, x, limit, allowed);
        });
    }

    [Fact]
    public void PatternsAreCountedAndSelected()
    {
        ForAll((kernels, length) =>
        {
            float[] x = [.. SpecialNumbers.Draw(length, length).Select((value, i) => i % 2 == 0 ? value : 1 + i * 1e-6f)];
            uint[] counters = new uint[2 * KernelSet.UpperBuckets], expected = new uint[KernelSet.UpperBuckets];
            foreach (float value in x) expected[Magnitude(value) >> 16]++;
            kernels.CountUpper(new GuardedSpan<float>(x, 77, length).Span, counters);
            Assert.True(expected.SequenceEqual(counters[..KernelSet.UpperBuckets].Zip(counters[KernelSet.UpperBuckets..], (even, odd) => even + odd)));
            foreach (uint low in (uint[])[Magnitude(1), Magnitude(1) - 3, 0])
                foreach (uint patterns in (uint[])[1, 64, 1 << 16]) CheckRange(kernels, x, low, patterns);
        });
    }

    [Fact]
    public void OneNonFiniteElementIsFoundAnywhere()
    {
        ForAll((kernels, length) =>
        {
            var source = new GuardedSpan<float>(SpecialNumbers.Draw(length, length), float.NaN, length);
            Assert.False(kernels.AnyNonFinite(source.Span));
            for (int i = 0; i < length; i++)
            {
                float old = source.Span[i];
                source.Span[i] = (i % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity };
                Assert.True(kernels.AnyNonFinite(source.Span), $"{kernels.Name}: element {i} of {length}");
                source.Span[i] = old;
            }
        });
    }

    [Fact]
    public void RandomNumbersAreThoseOfTheirPlace()
    {
        var stream = PhiloxStream.Of(0x123456789ABCDEF0, "w", 3, "test");
        ForAll((kernels, length) =>
        {
            foreach (long first in (long[])[0, 16, 65536 - 16, (1L << 33) + 48])
            {
                var destination = new GuardedSpan<float>(new float[length], 9, length);
                kernels.Uniform(stream, first, destination.Span);
                SameBits.Check([.. Enumerable.Range(0, length).Select(i => At(stream, first + i))], destination.Span, () => $"{kernels.Name} from {first}");
                destination.Check();
            }
        });
    }

    static void ForAll(Action<KernelSet, int> check)
    {
        for (int length = 0; length <= SpecialNumbers.MaxLength; length++)
            foreach (var kernels in KernelSet.All) check(kernels, length);
    }

    delegate void Accumulate(ReadOnlySpan<float> source, Span<double> lanes);

    static void Check(float[] x, int phase, Func<int, double> term, Accumulate accumulate)
    {
        double[] held = [.. Enumerable.Range(0, KernelSet.Lanes).Select(lane => lane / 3.0)];
        double[] expected = [.. held];
        for (int i = 0; i < x.Length; i++) expected[(i + phase) % KernelSet.Lanes] += term(i);
        var lanes = new GuardedSpan<double>(held, double.NaN, phase);
        accumulate(new GuardedSpan<float>(x, float.NaN, x.Length).Span, lanes.Span);
        Assert.True(expected.AsSpan().SequenceEqual(lanes.Span), $"{x.Length} elements, phase {phase}");
        lanes.Check();
    }

    static void CheckLargest(KernelSet kernels, float[] x, float limit, long allowed)
    {
        long kept = 0;
        bool Stays() => kept < allowed && ++kept > 0;
        float[] expected = [.. x.Select(value => Math.Abs(value) > limit || (Math.Abs(value) == limit && Stays()) ? value : 0)];
        var destination = new GuardedSpan<float>(new float[x.Length], 9, x.Length);
        Assert.Equal(kept, kernels.KeepLargest(new GuardedSpan<float>(x, limit, x.Length).Span, Magnitude(limit), allowed, destination.Span));
        SameBits.Check(expected, destination.Span, () => $"{kernels.Name}, limit {limit}, {allowed} allowed");
        destination.Check();
        if (limit == 0) return;
        float[] others = [.. x.Zip(expected, (value, stays) => stays == 0 ? value : 0)];
        Assert.Equal(kept, kernels.DropLargest(new GuardedSpan<float>(x, limit, x.Length).Span, Magnitude(limit), allowed, destination.Span));
        SameBits.Check(others, destination.Span, () => $"{kernels.Name}, the others than limit {limit}, {allowed} allowed");
        destination.Check();
    }

    static void CheckRange(KernelSet kernels, float[] x, uint low, uint patterns)
    {
        uint[] expected = [.. x.Select(Magnitude).Where(pattern => pattern >= low && pattern < low + patterns).Select(pattern => pattern - low)];
        var destination = new GuardedSpan<uint>(new uint[x.Length], 0xABCD, x.Length);
        long above = 5;
        Assert.Equal(expected.Length, kernels.SelectRange(new GuardedSpan<float>(x, 1, x.Length).Span, low, patterns, destination.Span, ref above));
        Assert.Equal(expected, destination.Span[..expected.Length].ToArray());
        Assert.Equal(5 + x.Count(value => Magnitude(value) >= low + patterns), above);
        destination.Check();
    }

    static uint Magnitude(float value) => BitConverter.SingleToUInt32Bits(Math.Abs(value));

    static float At(PhiloxStream stream, long place)
    {
        var (a, b, c, d) = stream.Block((uint)(place / 4));
        return ((place % 4) switch { 0 => a, 1 => b, 2 => c, _ => d } >> 8) / 16777216f;
    }
}
