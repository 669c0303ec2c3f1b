using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary>The same operations on whole vectors, of whatever width the machine has; the rest of a span goes to the definition.</summary>
public sealed partial class SimdKernels : ScalarKernels
{
    static readonly int Width = Vector<float>.Count;

    /// <summary>One element-wise operation on vectors. Each line is the scalar definition's line.</summary>
    interface IOperation
    {
        /// <param name="x">First source.</param>
        /// <param name="y">Second source, or the first again.</param>
        /// <param name="n">The number that the operation takes, everywhere.</param>
        static abstract Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n);
    }

    public override string Name => "simd";

    public override void Decode(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination) =>
        SimdConversions.Decode(dtype, source, destination);

    public override void Encode(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination) =>
        SimdConversions.Encode(dtype, source, destination);

    public override bool AnyNonFinite(ReadOnlySpan<float> source) => SimdConversions.AnyNonFinite(source);

    public override void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        int rest = Map<AddOperation>(left, right, 0, destination);
        base.Add(left[rest..], right[rest..], destination[rest..]);
    }

    public override void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        int rest = Map<SubtractOperation>(left, right, 0, destination);
        base.Subtract(left[rest..], right[rest..], destination[rest..]);
    }

    public override void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        int rest = Map<MultiplyOperation>(left, right, 0, destination);
        base.Multiply(left[rest..], right[rest..], destination[rest..]);
    }

    public override void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        int rest = Map<DivideOperation>(left, right, 0, destination);
        base.Divide(left[rest..], right[rest..], destination[rest..]);
    }

    public override void AddScalar(ReadOnlySpan<float> source, float addend, Span<float> destination)
    {
        int rest = Map<AddScalarOperation>(source, source, addend, destination);
        base.AddScalar(source[rest..], addend, destination[rest..]);
    }

    public override void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        int rest = Map<ScaleOperation>(source, source, factor, destination);
        base.Scale(source[rest..], factor, destination[rest..]);
    }

    public override void DivideByScalar(ReadOnlySpan<float> source, float divisor, Span<float> destination)
    {
        int rest = Map<DivideByScalarOperation>(source, source, divisor, destination);
        base.DivideByScalar(source[rest..], divisor, destination[rest..]);
    }

    public override void Absolute(ReadOnlySpan<float> source, Span<float> destination)
    {
        int rest = Map<AbsoluteOperation>(source, source, 0, destination);
        base.Absolute(source[rest..], destination[rest..]);
    }

    public override void WeightedSum(in TileOperands sources, ReadOnlySpan<float> weights, Span<float> destination)
    {
        ref float registers = ref MemoryMarshal.GetReference(sources.Registers);
        ReadOnlySpan<int> starts = sources.Starts(stackalloc int[sources.Length]);
        int i = 0;
        for (; i + 2 * Width <= destination.Length; i += 2 * Width)
        {
            var first = Load(ref registers, starts[0] + i) * weights[0];
            var second = Load(ref registers, starts[0] + i + Width) * weights[0];
            for (int t = 1; t < starts.Length; t++)
            {
                first += Load(ref registers, starts[t] + i) * weights[t];
                second += Load(ref registers, starts[t] + i + Width) * weights[t];
            }
            Store(first, second, destination, i);
        }
        base.WeightedSum(sources.From(i), weights, destination[i..]);
    }

    public override void SignOfSum(in TileOperands sources, Span<float> destination)
    {
        ref float registers = ref MemoryMarshal.GetReference(sources.Registers);
        ReadOnlySpan<int> starts = sources.Starts(stackalloc int[sources.Length]);
        int i = 0;
        for (; i + 2 * Width <= destination.Length; i += 2 * Width)
        {
            var first = Load(ref registers, starts[0] + i);
            var second = Load(ref registers, starts[0] + i + Width);
            for (int t = 1; t < starts.Length; t++)
            {
                first += Load(ref registers, starts[t] + i);
                second += Load(ref registers, starts[t] + i + Width);
            }
            Store(SignOrPositive(first), SignOrPositive(second), destination, i);
        }
        base.SignOfSum(sources.From(i), destination[i..]);
    }

    public override void DisjointSum(in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination)
    {
        ref float registers = ref MemoryMarshal.GetReference(sources.Registers);
        ReadOnlySpan<int> starts = sources.Starts(stackalloc int[sources.Length]);
        int i = 0;
        for (; i + Width <= destination.Length; i += Width)
        {
            Vector<float> signs = new(sign[i..]), sum = Vector<float>.Zero;
            foreach (int start in starts)
            {
                var x = Load(ref registers, start + i);
                sum += Agreeing(x, signs) & x;
            }
            sum.CopyTo(destination[i..]);
        }
        base.DisjointSum(sources.From(i), sign[i..], destination[i..]);
    }

    public override void DisjointMean(in TileOperands sources, ReadOnlySpan<float> sign, ReadOnlySpan<float> weights, float smallestDivisor, Span<float> destination)
    {
        Vector<float> smallest = new(smallestDivisor);
        ref float registers = ref MemoryMarshal.GetReference(sources.Registers);
        ReadOnlySpan<int> starts = sources.Starts(stackalloc int[sources.Length]);
        int i = 0;
        for (; i + Width <= destination.Length; i += Width)
        {
            Vector<float> signs = new(sign[i..]), sum = Vector<float>.Zero, weight = Vector<float>.Zero;
            for (int t = 0; t < starts.Length; t++)
            {
                var x = Load(ref registers, starts[t] + i);
                var agreeing = Agreeing(x, signs);
                sum += agreeing & x;
                weight += agreeing & new Vector<float>(weights[t]);
            }
            var divisor = Vector.ConditionalSelect(Vector.LessThan(weight, smallest), smallest, weight);
            (sum / Vector.ConditionalSelect(Vector.Equals(weight, Vector<float>.Zero), Vector<float>.One, divisor)).CopyTo(destination[i..]);
        }
        base.DisjointMean(sources.From(i), sign[i..], weights, smallestDivisor, destination[i..]);
    }

    public override void KeepBelow(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination)
    {
        int rest = Map<KeepBelowOperation>(source, test, limit, destination);
        base.KeepBelow(source[rest..], test[rest..], limit, destination[rest..]);
    }

    /// <remarks>In all tiles but the one where the room runs out, either all equals stay or none.</remarks>
    public override long KeepLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination)
    {
        long equals = allowed <= 0 ? 0 : CountEqual(source, threshold);
        if (equals > Math.Max(0, allowed)) return base.KeepLargest(source, threshold, allowed, destination);
        uint keptFrom = allowed <= 0 ? threshold + 1 : threshold;
        int rest = Map<KeepFromOperation>(source, source, BitConverter.UInt32BitsToSingle(keptFrom - 1), destination);
        base.KeepLargest(source[rest..], threshold, allowed, destination[rest..]);
        return equals;
    }

    static long CountEqual(ReadOnlySpan<float> source, uint magnitude)
    {
        var s = MemoryMarshal.Cast<float, Vector<uint>>(source);
        Vector<uint> mask = new(Magnitude), wanted = new(magnitude), counts = Vector<uint>.Zero;
        foreach (var bits in s) counts -= Vector.Equals(bits & mask, wanted);
        long count = Vector.Sum(counts);
        foreach (float value in source[(s.Length * Width)..])
            if ((BitConverter.SingleToUInt32Bits(value) & Magnitude) == magnitude) count++;
        return count;
    }

    /// <remarks>Two vectors of columns at a time: their sums stay in registers for all of the rank.</remarks>
    public override void LowRank(ReadOnlySpan<float> row, ReadOnlySpan<float> columns, int stride, float scale, Span<float> destination)
    {
        int j = 0;
        for (; j + 2 * Width <= destination.Length; j += 2 * Width)
        {
            Vector<float> first = new Vector<float>(columns[j..]) * row[0], second = new Vector<float>(columns[(j + Width)..]) * row[0];
            for (int k = 1; k < row.Length; k++)
            {
                var line = columns.Slice(k * stride + j, 2 * Width);
                first += new Vector<float>(line) * row[k];
                second += new Vector<float>(line[Width..]) * row[k];
            }
            Store(NegativeZero(first * scale), NegativeZero(second * scale), destination, j);
        }
        base.LowRank(row, columns[Math.Min(j, columns.Length)..], stride, scale, destination[j..]);
    }

    public override void AccumulateSum(ReadOnlySpan<float> source, int phase, Span<double> lanes)
    {
        int head = Head(source.Length, phase);
        base.AccumulateSum(source[..head], phase, lanes);
        var s = Vectors(WholeLanes(source, head));
        var sums = MemoryMarshal.Cast<double, Vector<double>>(lanes);
        for (int i = 0, lane = 0; i < s.Length; i++, lane = (lane + 2) & (sums.Length - 1))
        {
            Vector.Widen(s[i], out var low, out var high);
            sums[lane] += low;
            sums[lane + 1] += high;
        }
        base.AccumulateSum(source[(head + s.Length * Width)..], 0, lanes);
    }

    public override void AccumulateMagnitude(ReadOnlySpan<float> source, int phase, Span<double> lanes)
    {
        int head = Head(source.Length, phase);
        base.AccumulateMagnitude(source[..head], phase, lanes);
        var s = Vectors(WholeLanes(source, head));
        var sums = MemoryMarshal.Cast<double, Vector<double>>(lanes);
        for (int i = 0, lane = 0; i < s.Length; i++, lane = (lane + 2) & (sums.Length - 1))
        {
            Vector.Widen(Vector.Abs(s[i]), out var low, out var high);
            sums[lane] += low;
            sums[lane + 1] += high;
        }
        base.AccumulateMagnitude(source[(head + s.Length * Width)..], 0, lanes);
    }

    public override void AccumulateDot(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int phase, Span<double> lanes)
    {
        int head = Head(left.Length, phase);
        base.AccumulateDot(left[..head], right[..head], phase, lanes);
        var l = Vectors(WholeLanes(left, head));
        var r = Vectors(WholeLanes(right, head));
        var sums = MemoryMarshal.Cast<double, Vector<double>>(lanes);
        for (int i = 0, lane = 0; i < l.Length; i++, lane = (lane + 2) & (sums.Length - 1))
        {
            Vector.Widen(l[i], out var lowLeft, out var highLeft);
            Vector.Widen(r[i], out var lowRight, out var highRight);
            sums[lane] += lowLeft * lowRight;
            sums[lane + 1] += highLeft * highRight;
        }
        int rest = head + l.Length * Width;
        base.AccumulateDot(left[rest..], right[rest..], 0, lanes);
    }

    public override int SelectRange(ReadOnlySpan<float> source, uint low, uint length, Span<uint> destination, ref long above)
    {
        var (read, selected) = RangeSelection.IsSupported ? RangeSelection.Run(source, Magnitude, low, length, destination, ref above) : (0, 0);
        return selected + base.SelectRange(source[read..], low, length, destination[selected..], ref above);
    }

    public override void Uniform(in PhiloxStream stream, long first, Span<float> destination)
    {
        int done = PhiloxVectors.IsSupported ? PhiloxVectors.Fill(stream, first, destination) : 0;
        base.Uniform(stream, first + done, destination[done..]);
    }

    static Vector<float> Load(ref float registers, int index) => Vector.LoadUnsafe(ref registers, (nuint)index);

    static void Store(Vector<float> first, Vector<float> second, Span<float> destination, int index)
    {
        first.CopyTo(destination[index..]);
        second.CopyTo(destination[(index + Width)..]);
    }

    static Vector<float> NegativeZero(Vector<float> x) => Vector.ConditionalSelect(Vector.Equals(x, Vector<float>.Zero), new(-0f), x);

    static Vector<float> SignOrPositive(Vector<float> x) =>
        Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), Vector<float>.One, -Vector<float>.One);

    /// <summary>All bits where x is not zero and has the sign (1 or −1), else none: what is masked becomes 0.</summary>
    static Vector<float> Agreeing(Vector<float> x, Vector<float> sign) => Vector.AsVectorSingle(Vector.GreaterThan(x * sign, Vector<float>.Zero));

    /// <returns>How many elements were done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Map<TOperation>(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float number, Span<float> destination)
        where TOperation : struct, IOperation
    {
        var d = Vectors(destination);
        var x = Vectors(left)[..d.Length];
        var y = Vectors(right)[..d.Length];
        Vector<float> n = new(number);
        for (int i = 0; i < d.Length; i++) d[i] = TOperation.Apply(x[i], y[i], n);
        return d.Length * Width;
    }

    /// <summary>Elements before the first one of lane 0.</summary>
    static int Head(int length, int phase) => Math.Min(length, (Lanes - phase) % Lanes);

    /// <summary>From the head on, as many whole groups of 16 as there are.</summary>
    static ReadOnlySpan<float> WholeLanes(ReadOnlySpan<float> source, int head) => source.Slice(head, (source.Length - head) / Lanes * Lanes);

    static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> source) => MemoryMarshal.Cast<float, Vector<float>>(source);

    static Span<Vector<float>> Vectors(Span<float> destination) => MemoryMarshal.Cast<float, Vector<float>>(destination);

    struct AddOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x + y;
    }

    struct SubtractOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x - y;
    }

    struct MultiplyOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x * y;
    }

    struct DivideOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x / y;
    }

    struct AddScalarOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x + n;
    }

    struct ScaleOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x * n;
    }

    struct DivideByScalarOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) => x / n;
    }

    struct AbsoluteOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.Abs(x);
    }

    struct KeepFromOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.AsVectorInt32(x) & new Vector<int>((int)Magnitude), Vector.AsVectorInt32(n)), x, Vector<float>.Zero);
    }

    struct KeepBelowOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.LessThan(y, n), x, Vector<float>.Zero);
    }
}
