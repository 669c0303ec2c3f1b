using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Kernels;

/// <summary>One set of conversions under test.</summary>
public sealed class ConversionKernels
{
    public delegate void Decoder(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination);

    public delegate void Encoder(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination);

    public required string Name { get; init; }

    public required Decoder Decode { get; init; }

    public required Encoder Encode { get; init; }

    public required Func<float[], bool> AnyNonFinite { get; init; }

    /// <summary>Every set; a new one is tested unasked.</summary>
    public static TheoryData<ConversionKernels> All { get; } =
    [
        new() { Name = "scalar", Decode = ScalarConversions.Decode, Encode = ScalarConversions.Encode, AnyNonFinite = values => ScalarConversions.AnyNonFinite(values) },
        new() { Name = "simd", Decode = SimdConversions.Decode, Encode = SimdConversions.Encode, AnyNonFinite = values => SimdConversions.AnyNonFinite(values) },
    ];

    public float[] Floats(Dtype dtype, byte[] bytes)
    {
        float[] values = new float[bytes.Length / dtype.Size()];
        Decode(dtype, bytes, values);
        return values;
    }

    public byte[] Bytes(Dtype dtype, float[] values)
    {
        byte[] bytes = new byte[values.Length * dtype.Size()];
        Encode(dtype, values, bytes);
        return bytes;
    }

    public ushort[] Codes16(Dtype dtype, float[] values) => MemoryMarshal.Cast<byte, ushort>(Bytes(dtype, values)).ToArray();

    public override string ToString() => Name;
}
