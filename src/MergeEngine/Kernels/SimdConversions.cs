using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary><see cref="ScalarConversions"/> with vectors of any width: bit for bit the same results; what gains nothing is passed on.</summary>
public static class SimdConversions
{
    /// <inheritdoc cref="ScalarConversions.Decode"/>
    public static void Decode(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination)
    {
        int done = source.Length != (long)destination.Length * dtype.Size() ? 0 : dtype switch
        {
            Dtype.F16 => Decode16<SmallFloat<Float16>>(source, destination),
            Dtype.BF16 => Decode16<BFloat16>(source, destination),
            Dtype.F8_E4M3 => Decode8<SmallFloat<Float8E4M3>>(source, destination),
            Dtype.F8_E5M2 => Decode8<SmallFloat<Float8E5M2>>(source, destination),
            _ => 0,
        };
        ScalarConversions.Decode(dtype, source[(done * dtype.Size())..], destination[done..]);
    }

    /// <inheritdoc cref="ScalarConversions.Encode"/>
    public static void Encode(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination)
    {
        int done = destination.Length != (long)source.Length * dtype.Size() ? 0 : dtype switch
        {
            Dtype.F16 => Encode16<SmallFloat<Float16>>(source, destination),
            Dtype.BF16 => Encode16<BFloat16>(source, destination),
            Dtype.F8_E4M3 => Encode8<SmallFloat<Float8E4M3>>(source, destination),
            Dtype.F8_E5M2 => Encode8<SmallFloat<Float8E5M2>>(source, destination),
            _ => 0,
        };
        ScalarConversions.Encode(dtype, source[done..], destination[(done * dtype.Size())..]);
    }

    /// <inheritdoc cref="ScalarConversions.AnyNonFinite"/>
    public static bool AnyNonFinite(ReadOnlySpan<float> values)
    {
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(values));
        var magnitude = new Vector<uint>(0x7FFFFFFF);
        var largest = Vector<int>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<uint>.Count; i += Vector<uint>.Count)
            largest = Vector.Max(largest, (Vector.LoadUnsafe(ref bits, (nuint)i) & magnitude).As<uint, int>());
        return Vector.GreaterThanAny(largest, new Vector<int>(0x7F7FFFFF)) || ScalarConversions.AnyNonFinite(values[i..]);
    }

    /// <returns>Elements done, a multiple of the vector's count.</returns>
    static int Decode16<TFormat>(ReadOnlySpan<byte> source, Span<float> destination) where TFormat : IFloatFormat
    {
        ref byte codes = ref MemoryMarshal.GetReference(source);
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(destination));
        int i = 0;
        for (; i <= destination.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref codes, (nuint)i * 2).As<byte, ushort>(), out var low, out var high);
            StoreTwo<TFormat>(low, high, ref bits, i);
        }
        return i;
    }

    static int Decode8<TFormat>(ReadOnlySpan<byte> source, Span<float> destination) where TFormat : IFloatFormat
    {
        ref byte codes = ref MemoryMarshal.GetReference(source);
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(destination));
        int i = 0;
        for (; i <= destination.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref codes, (nuint)i), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            StoreTwo<TFormat>(first, second, ref bits, i);
            StoreTwo<TFormat>(third, fourth, ref bits, i + Vector<ushort>.Count);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreTwo<TFormat>(Vector<uint> low, Vector<uint> high, ref uint bits, int i) where TFormat : IFloatFormat
    {
        TFormat.Decode(low).StoreUnsafe(ref bits, (nuint)i);
        TFormat.Decode(high).StoreUnsafe(ref bits, (nuint)(i + Vector<uint>.Count));
    }

    static int Encode16<TFormat>(ReadOnlySpan<float> source, Span<byte> destination) where TFormat : IFloatFormat
    {
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(source));
        ref byte codes = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            LoadTwo<TFormat>(ref bits, i).As<ushort, byte>().StoreUnsafe(ref codes, (nuint)i * 2);
        return i;
    }

    static int Encode8<TFormat>(ReadOnlySpan<float> source, Span<byte> destination) where TFormat : IFloatFormat
    {
        ref uint bits = ref Unsafe.As<float, uint>(ref MemoryMarshal.GetReference(source));
        ref byte codes = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            Vector.Narrow(LoadTwo<TFormat>(ref bits, i), LoadTwo<TFormat>(ref bits, i + Vector<ushort>.Count)).StoreUnsafe(ref codes, (nuint)i);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector<ushort> LoadTwo<TFormat>(ref uint bits, int i) where TFormat : IFloatFormat => Vector.Narrow(
        TFormat.Encode(Vector.LoadUnsafe(ref bits, (nuint)i)), TFormat.Encode(Vector.LoadUnsafe(ref bits, (nuint)(i + Vector<uint>.Count))));
}
