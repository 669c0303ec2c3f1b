using System.Numerics;
using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary>The definition of what stored elements are in float32 and back, in plain loops. Bytes are little-endian, as is every machine that .NET 10 runs on in practice.</summary>
public static class ScalarConversions
{
    /// <summary>Exact, except F64 and integers of 32 and 64 bits, which round to nearest even; BOOL is 1 for any byte but 0.</summary>
    /// <param name="dtype">Any.</param>
    /// <param name="source">One element per float of the destination; need not be aligned.</param>
    /// <param name="destination">Filled whole.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static void Decode(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination)
    {
        RequireLength(dtype, source.Length, destination.Length);
        switch (dtype)
        {
            case Dtype.F32: MemoryMarshal.Cast<byte, float>(source).CopyTo(destination); break;
            case Dtype.F16: DecodeCodes<ushort, SmallFloat<Float16>>(source, destination); break;
            case Dtype.BF16: DecodeCodes<ushort, BFloat16>(source, destination); break;
            case Dtype.F8_E4M3: DecodeCodes<byte, SmallFloat<Float8E4M3>>(source, destination); break;
            case Dtype.F8_E5M2: DecodeCodes<byte, SmallFloat<Float8E5M2>>(source, destination); break;
            case Dtype.F64: DecodeNumbers<double>(source, destination); break;
            case Dtype.I64: DecodeNumbers<long>(source, destination); break;
            case Dtype.I32: DecodeNumbers<int>(source, destination); break;
            case Dtype.I16: DecodeNumbers<short>(source, destination); break;
            case Dtype.I8: DecodeNumbers<sbyte>(source, destination); break;
            case Dtype.U64: DecodeNumbers<ulong>(source, destination); break;
            case Dtype.U32: DecodeNumbers<uint>(source, destination); break;
            case Dtype.U16: DecodeNumbers<ushort>(source, destination); break;
            case Dtype.U8: DecodeNumbers<byte>(source, destination); break;
            case Dtype.BOOL: DecodeBooleans(source, destination); break;
        }
    }

    /// <summary>Rounds once, to nearest, ties to even. Overflow becomes infinity; in F8_E4M3, which has none, ±448. NaN stays NaN.</summary>
    /// <param name="dtype">A float type: integers and booleans are copied, never computed.</param>
    /// <param name="source">Any values.</param>
    /// <param name="destination">One element per float of the source; need not be aligned. Filled whole.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, or the dtype is no float type.</exception>
    public static void Encode(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination)
    {
        RequireLength(dtype, destination.Length, source.Length);
        switch (dtype)
        {
            case Dtype.F32: source.CopyTo(MemoryMarshal.Cast<byte, float>(destination)); break;
            case Dtype.F16: EncodeCodes<ushort, SmallFloat<Float16>>(source, destination); break;
            case Dtype.BF16: EncodeCodes<ushort, BFloat16>(source, destination); break;
            case Dtype.F8_E4M3: EncodeCodes<byte, SmallFloat<Float8E4M3>>(source, destination); break;
            case Dtype.F8_E5M2: EncodeCodes<byte, SmallFloat<Float8E5M2>>(source, destination); break;
            case Dtype.F64: EncodeF64(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Only float types are encoded.");
        }
    }

    /// <returns>True if there is an infinity or a NaN.</returns>
    public static bool AnyNonFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) return true;
        }
        return false;
    }

    static void RequireLength(Dtype dtype, int bytes, int count)
    {
        if (bytes != (long)count * dtype.Size()) throw new ArgumentException($"{bytes} bytes do not hold {count} elements of {dtype}.");
    }

    static void DecodeCodes<TCode, TFormat>(ReadOnlySpan<byte> source, Span<float> destination)
        where TCode : unmanaged, IBinaryInteger<TCode>
        where TFormat : IFloatFormat
    {
        var codes = MemoryMarshal.Cast<byte, TCode>(source);
        for (int i = 0; i < codes.Length; i++) destination[i] = BitConverter.UInt32BitsToSingle(TFormat.Decode(uint.CreateTruncating(codes[i])));
    }

    static void EncodeCodes<TCode, TFormat>(ReadOnlySpan<float> source, Span<byte> destination)
        where TCode : unmanaged, IBinaryInteger<TCode>
        where TFormat : IFloatFormat
    {
        var codes = MemoryMarshal.Cast<byte, TCode>(destination);
        for (int i = 0; i < codes.Length; i++) codes[i] = TCode.CreateTruncating(TFormat.Encode(BitConverter.SingleToUInt32Bits(source[i])));
    }

    static void DecodeNumbers<T>(ReadOnlySpan<byte> source, Span<float> destination) where T : unmanaged, INumberBase<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < numbers.Length; i++) destination[i] = float.CreateTruncating(numbers[i]);
    }

    static void DecodeBooleans(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++) destination[i] = source[i] == 0 ? 0 : 1;
    }

    static void EncodeF64(ReadOnlySpan<float> source, Span<byte> destination)
    {
        var numbers = MemoryMarshal.Cast<byte, double>(destination);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = source[i];
    }
}
