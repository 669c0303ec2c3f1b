using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary>The definition of every operation, in plain loops.</summary>
public class ScalarKernels : KernelSet
{
    protected const uint Magnitude = 0x7FFFFFFF;

    public override string Name => "scalar";

    public override void Decode(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination) =>
        ScalarConversions.Decode(dtype, source, destination);

    public override void Encode(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination) =>
        ScalarConversions.Encode(dtype, source, destination);

    public override bool AnyNonFinite(ReadOnlySpan<float> source) => ScalarConversions.AnyNonFinite(source);

    public override void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] + right[i];
    }

    public override void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] - right[i];
    }

    public override void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] * right[i];
    }

    public override void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] / right[i];
    }

    public override void AddScalar(ReadOnlySpan<float> source, float addend, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] + addend;
    }

    public override void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] * factor;
    }

    public override void DivideByScalar(ReadOnlySpan<float> source, float divisor, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] / divisor;
    }

    public override void Clamp(ReadOnlySpan<float> source, float lowest, float highest, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] < lowest ? lowest : source[i] > highest ? highest : source[i];
    }

    public override void Absolute(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = Math.Abs(source[i]);
    }

    public override void WeightedSum(in TileOperands sources, ReadOnlySpan<float> weights, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float sum = sources[0][i] * weights[0];
            for (int t = 1; t < weights.Length; t++)
            {
                float product = sources[t][i] * weights[t];
                sum += product;
            }
            destination[i] = sum;
        }
    }

    public override void SignOfSum(in TileOperands sources, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float sum = sources[0][i];
            for (int t = 1; t < sources.Length; t++) sum += sources[t][i];
            destination[i] = sum >= 0 ? 1 : -1;
        }
    }

    public override void DisjointSum(in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float sum = 0;
            for (int t = 0; t < sources.Length; t++) sum += sources[t][i] * sign[i] > 0 ? sources[t][i] : 0;
            destination[i] = sum;
        }
    }

    public override void DisjointMean(in TileOperands sources, ReadOnlySpan<float> sign, ReadOnlySpan<float> weights, float smallestDivisor, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float sum = 0, weight = 0;
            for (int t = 0; t < weights.Length; t++)
            {
                bool agrees = sources[t][i] * sign[i] > 0;
                sum += agrees ? sources[t][i] : 0;
                weight += agrees ? weights[t] : 0;
            }
            destination[i] = sum / (weight == 0 ? 1 : weight < smallestDivisor ? smallestDivisor : weight);
        }
    }

    public override void Variance(in TileOperands sources, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            double sum = 0, squares = 0;
            for (int t = 0; t < sources.Length; t++) sum += sources[t][i];
            double mean = sum / sources.Length;
            for (int t = 0; t < sources.Length; t++) squares += (sources[t][i] - mean) * (sources[t][i] - mean);
            destination[i] = (float)(squares / sources.Length);
        }
    }

    public override void OverlapSum(in TileOperands sources, float smallest, ReadOnlySpan<float> factors, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            int overlap = Overlap(sources, i, smallest);
            float sum = 0;
            for (int t = 0; t < sources.Length; t++)
                if (Math.Abs(sources[t][i]) > smallest) sum += overlap == 1 ? sources[t][i] * factors[t] : sources[t][i] / overlap;
            destination[i] = sum;
        }
    }

    public override void CountOverlaps(in TileOperands sources, float smallest, Span<int> alone, Span<int> shared)
    {
        int length = sources[0].Length;
        for (int i = 0; i < length; i++)
        {
            var counts = Overlap(sources, i, smallest) == 1 ? alone : shared;
            for (int t = 0; t < sources.Length; t++)
                if (Math.Abs(sources[t][i]) > smallest) counts[t]++;
        }
    }

    static int Overlap(in TileOperands sources, int element, float smallest)
    {
        int overlap = 0;
        for (int t = 0; t < sources.Length; t++) overlap += Math.Abs(sources[t][element]) > smallest ? 1 : 0;
        return overlap;
    }

    public override void KeepBelow(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = test[i] < limit ? source[i] : 0;
    }

    public override void KeepBelowEach(ReadOnlySpan<float> source, ReadOnlySpan<float> test, ReadOnlySpan<float> limits, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = test[i] < limits[i] ? source[i] : 0;
    }

    public override void KeepFrom(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = test[i] >= limit ? source[i] : 0;
    }

    public override void KeepWhere(ReadOnlySpan<float> source, ReadOnlySpan<float> test, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = test[i] != 0 ? source[i] : 0;
    }

    public override long KeepLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination)
    {
        long kept = 0;
        for (int i = 0; i < destination.Length; i++)
        {
            uint magnitude = BitConverter.SingleToUInt32Bits(source[i]) & Magnitude;
            bool equal = magnitude == threshold && kept < allowed;
            if (equal) kept++;
            destination[i] = equal || magnitude > threshold ? source[i] : 0;
        }
        return kept;
    }

    public override long DropLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination)
    {
        long dropped = 0;
        for (int i = 0; i < destination.Length; i++)
        {
            uint magnitude = BitConverter.SingleToUInt32Bits(source[i]) & Magnitude;
            bool equal = magnitude == threshold && dropped < allowed;
            if (equal) dropped++;
            destination[i] = equal || magnitude > threshold ? 0 : source[i];
        }
        return dropped;
    }

    public override void LowRank(ReadOnlySpan<float> row, ReadOnlySpan<float> columns, int stride, float scale, Span<float> destination)
    {
        for (int j = 0; j < destination.Length; j++)
        {
            float sum = row[0] * columns[j];
            for (int k = 1; k < row.Length; k++)
            {
                float product = row[k] * columns[k * stride + j];
                sum += product;
            }
            float scaled = sum * scale;
            destination[j] = scaled == 0 ? -0f : scaled;
        }
    }

    public override void AccumulateSum(ReadOnlySpan<float> source, int phase, Span<double> lanes)
    {
        for (int i = 0; i < source.Length; i++) lanes[(i + phase) % Lanes] += source[i];
    }

    public override void AccumulateMagnitude(ReadOnlySpan<float> source, int phase, Span<double> lanes)
    {
        for (int i = 0; i < source.Length; i++) lanes[(i + phase) % Lanes] += Math.Abs(source[i]);
    }

    public override void AccumulateDot(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int phase, Span<double> lanes)
    {
        for (int i = 0; i < left.Length; i++) lanes[(i + phase) % Lanes] += (double)left[i] * right[i];
    }

    public override void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<double> sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += (double)left[i] * right[i];
    }

    public override void CountUpper(ReadOnlySpan<float> source, Span<uint> counters)
    {
        var bits = MemoryMarshal.Cast<float, uint>(source);
        var (even, odd) = (0, 1);
        for (; odd < bits.Length; even += 2, odd += 2)
        {
            counters[(int)((bits[even] & Magnitude) >> 16)]++;
            counters[(int)((bits[odd] & Magnitude) >> 16) + UpperBuckets]++;
        }
        if (even < bits.Length) counters[(int)((bits[even] & Magnitude) >> 16)]++;
    }

    public override int SelectRange(ReadOnlySpan<float> source, uint low, uint length, Span<uint> destination, ref long above)
    {
        int selected = 0;
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(source))
        {
            uint pattern = bits & Magnitude;
            if (pattern >= low + length) above++;
            else if (pattern >= low) destination[selected++] = pattern - low;
        }
        return selected;
    }

    public override void Uniform(in PhiloxStream stream, long first, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i += 4)
        {
            var (a, b, c, d) = stream.Block((uint)((first + i) / 4));
            ReadOnlySpan<float> words = [PhiloxStream.ToUniform(a), PhiloxStream.ToUniform(b), PhiloxStream.ToUniform(c), PhiloxStream.ToUniform(d)];
            words[..Math.Min(4, destination.Length - i)].CopyTo(destination[i..]);
        }
    }
}
