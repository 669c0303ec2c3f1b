using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary>The same operations on whole vectors, of whatever width the machine has; the rest of a span goes to the definition.</summary>
public sealed class SimdKernels : ScalarKernels
{
    static readonly int Width = Vector<float>.Count;

    /// <summary>One element-wise operation on vectors. Each line is the scalar definition's line.</summary>
    interface IOperation
    {
        /// <param name="x">First source.</param>
        /// <param name="y">Second source, or the first again.</param>
        /// <param name="old">What the destination held.</param>
        /// <param name="n">The number that the operation takes, everywhere.</param>
        static abstract Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n);
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

    public override void AddScaled(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        int rest = Map<AddScaledOperation>(source, source, factor, destination);
        base.AddScaled(source[rest..], factor, destination[rest..]);
    }

    public override void Absolute(ReadOnlySpan<float> source, Span<float> destination)
    {
        int rest = Map<AbsoluteOperation>(source, source, 0, destination);
        base.Absolute(source[rest..], destination[rest..]);
    }

    public override void SignOrPositive(ReadOnlySpan<float> source, Span<float> destination)
    {
        int rest = Map<SignOrPositiveOperation>(source, source, 0, destination);
        base.SignOrPositive(source[rest..], destination[rest..]);
    }

    public override void AddWhereSign(ReadOnlySpan<float> source, ReadOnlySpan<float> sign, Span<float> destination)
    {
        int rest = Map<AddWhereSignOperation>(source, sign, 0, destination);
        base.AddWhereSign(source[rest..], sign[rest..], destination[rest..]);
    }

    public override void AddWeightWhereSign(ReadOnlySpan<float> source, ReadOnlySpan<float> sign, float weight, Span<float> destination)
    {
        int rest = Map<AddWeightWhereSignOperation>(source, sign, weight, destination);
        base.AddWeightWhereSign(source[rest..], sign[rest..], weight, destination[rest..]);
    }

    public override void DivideUnlessZero(ReadOnlySpan<float> source, ReadOnlySpan<float> divisor, Span<float> destination)
    {
        int rest = Map<DivideUnlessZeroOperation>(source, divisor, 0, destination);
        base.DivideUnlessZero(source[rest..], divisor[rest..], destination[rest..]);
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

    public override int SelectLower(ReadOnlySpan<float> source, uint bucket, Span<ushort> destination)
    {
        var (read, count) = LowerSelection.IsSupported ? LowerSelection.Run(source, Magnitude, bucket, destination) : (0, 0);
        return count + base.SelectLower(source[read..], bucket, destination[count..]);
    }

    public override void Uniform(in PhiloxStream stream, long first, Span<float> destination)
    {
        int done = PhiloxVectors.IsSupported ? PhiloxVectors.Fill(stream, first, destination) : 0;
        base.Uniform(stream, first + done, destination[done..]);
    }

    /// <returns>How many elements were done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Map<TOperation>(ReadOnlySpan<float> left, ReadOnlySpan<float> right, float number, Span<float> destination)
        where TOperation : struct, IOperation
    {
        var d = Vectors(destination);
        var x = Vectors(left)[..d.Length];
        var y = Vectors(right)[..d.Length];
        Vector<float> n = new(number);
        for (int i = 0; i < d.Length; i++) d[i] = TOperation.Apply(x[i], y[i], d[i], n);
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
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x + y;
    }

    struct SubtractOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x - y;
    }

    struct MultiplyOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x * y;
    }

    struct DivideOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x / y;
    }

    struct AddScalarOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x + n;
    }

    struct ScaleOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x * n;
    }

    struct DivideByScalarOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => x / n;
    }

    struct AddScaledOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) => old + x * n;
    }

    struct AbsoluteOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            Vector.Abs(x);
    }

    struct SignOrPositiveOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<float>.Zero), Vector<float>.One, -Vector<float>.One);
    }

    struct KeepFromOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.AsVectorInt32(x) & new Vector<int>((int)Magnitude), Vector.AsVectorInt32(n)), x, Vector<float>.Zero);
    }

    struct AddWhereSignOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            old + Vector.ConditionalSelect(Vector.GreaterThan(x * y, Vector<float>.Zero), x, Vector<float>.Zero);
    }

    struct AddWeightWhereSignOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            old + Vector.ConditionalSelect(Vector.GreaterThan(x * y, Vector<float>.Zero), n, Vector<float>.Zero);
    }

    struct DivideUnlessZeroOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            x / Vector.ConditionalSelect(Vector.Equals(y, Vector<float>.Zero), Vector<float>.One, y);
    }

    struct KeepBelowOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> old, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.LessThan(y, n), x, Vector<float>.Zero);
    }
}
