using System.Numerics;
using System.Runtime.InteropServices;

namespace MergeEngine.Kernels;

/// <summary>Operations that choose or combine by comparing, and those that add at their own place.</summary>
public sealed partial class SimdKernels
{
    public override void Clamp(ReadOnlySpan<float> source, float lowest, float highest, Span<float> destination)
    {
        Vector<float> low = new(lowest), high = new(highest);
        var s = Vectors(source);
        var d = Vectors(destination);
        for (int i = 0; i < d.Length; i++)
            d[i] = Vector.ConditionalSelect(Vector.LessThan(s[i], low), low, Vector.ConditionalSelect(Vector.GreaterThan(s[i], high), high, s[i]));
        int rest = d.Length * Width;
        base.Clamp(source[rest..], lowest, highest, destination[rest..]);
    }

    public override void KeepFrom(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination)
    {
        int rest = Map<KeepAtLeastOperation>(source, test, limit, destination);
        base.KeepFrom(source[rest..], test[rest..], limit, destination[rest..]);
    }

    public override void KeepWhere(ReadOnlySpan<float> source, ReadOnlySpan<float> test, Span<float> destination)
    {
        int rest = Map<KeepWhereOperation>(source, test, 0, destination);
        base.KeepWhere(source[rest..], test[rest..], destination[rest..]);
    }

    public override void KeepBelowEach(ReadOnlySpan<float> source, ReadOnlySpan<float> test, ReadOnlySpan<float> limits, Span<float> destination)
    {
        var x = Vectors(source);
        var y = Vectors(test);
        var n = Vectors(limits);
        var d = Vectors(destination);
        for (int i = 0; i < d.Length; i++) d[i] = KeepBelowOperation.Apply(x[i], y[i], n[i]);
        int rest = d.Length * Width;
        base.KeepBelowEach(source[rest..], test[rest..], limits[rest..], destination[rest..]);
    }

    /// <remarks>In all tiles but the one where the room runs out, either all equals go or none.</remarks>
    public override long DropLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination)
    {
        long equals = allowed <= 0 ? 0 : CountEqual(source, threshold);
        if (threshold == 0 || equals > Math.Max(0, allowed)) return base.DropLargest(source, threshold, allowed, destination);
        uint droppedFrom = allowed <= 0 ? threshold + 1 : threshold;
        int rest = Map<KeepUpToOperation>(source, source, BitConverter.UInt32BitsToSingle(droppedFrom - 1), destination);
        base.DropLargest(source[rest..], threshold, allowed, destination[rest..]);
        return equals;
    }

    public override void OverlapSum(in TileOperands sources, float smallest, ReadOnlySpan<float> factors, Span<float> destination)
    {
        ref float registers = ref MemoryMarshal.GetReference(sources.Registers);
        ReadOnlySpan<int> starts = sources.Starts(stackalloc int[sources.Length]);
        Vector<float> limit = new(smallest);
        int i = 0;
        for (; i + Width <= destination.Length; i += Width)
        {
            Vector<float> overlap = Vector<float>.Zero, sum = Vector<float>.Zero;
            foreach (int start in starts) overlap += Exceeding(Load(ref registers, start + i), limit) & Vector<float>.One;
            var alone = Vector.Equals(overlap, Vector<float>.One);
            for (int t = 0; t < starts.Length; t++)
            {
                var x = Load(ref registers, starts[t] + i);
                sum += Exceeding(x, limit) & Vector.ConditionalSelect(alone, x * factors[t], x / overlap);
            }
            sum.CopyTo(destination[i..]);
        }
        base.OverlapSum(sources.From(i), smallest, factors, destination[i..]);
    }

    public override void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<double> sums)
    {
        var s = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var l = Vectors(left);
        var r = Vectors(right);
        int i = 0;
        for (; i < l.Length && 2 * i + 1 < s.Length; i++)
        {
            Vector.Widen(l[i], out var lowLeft, out var highLeft);
            Vector.Widen(r[i], out var lowRight, out var highRight);
            s[2 * i] += lowLeft * lowRight;
            s[2 * i + 1] += highLeft * highRight;
        }
        int rest = i * Width;
        base.AddProducts(left[rest..], right[rest..], sums[rest..]);
    }

    /// <summary>All bits where the magnitude exceeds the limit, else none.</summary>
    static Vector<float> Exceeding(Vector<float> x, Vector<float> limit) => Vector.AsVectorSingle(Vector.GreaterThan(Vector.Abs(x), limit));

    struct KeepAtLeastOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(y, n), x, Vector<float>.Zero);
    }

    struct KeepWhereOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.Equals(y, n), Vector<float>.Zero, x);
    }

    struct KeepUpToOperation : IOperation
    {
        public static Vector<float> Apply(Vector<float> x, Vector<float> y, Vector<float> n) =>
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.AsVectorInt32(x) & new Vector<int>((int)Magnitude), Vector.AsVectorInt32(n)), Vector<float>.Zero, x);
    }
}
