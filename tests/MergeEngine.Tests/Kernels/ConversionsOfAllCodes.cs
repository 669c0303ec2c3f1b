using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Tests.Checkpoints;

namespace MergeEngine.Tests.Kernels;

/// <summary>All 65536 codes of 16 bits and all 256 of 8 bits.</summary>
public class ConversionsOfAllCodes
{
    static readonly ushort[] Codes16 = [.. Enumerable.Range(0, 65536).Select(code => (ushort)code)];
    static readonly byte[] Codes8 = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
    static readonly byte[] Bytes16 = MemoryMarshal.AsBytes<ushort>(Codes16).ToArray();

    static float[] Golden(string name) =>
        MemoryMarshal.Cast<byte, float>(Formats.Tensors(Formats.Path("numbers", "codes.safetensors"))[name].Bytes).ToArray();

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void DecodeAsTorchDoes(ConversionKernels kernels)
    {
        SameValues(Golden("f16_as_f32"), kernels.Floats(Dtype.F16, Bytes16));
        SameValues(Golden("f8_e4m3_as_f32"), kernels.Floats(Dtype.F8_E4M3, Codes8));
        SameValues(Golden("f8_e5m2_as_f32"), kernels.Floats(Dtype.F8_E5M2, Codes8));
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void DecodeHalvesAsTheRuntimeDoes(ConversionKernels kernels) =>
        SameValues([.. Codes16.Select(code => (float)BitConverter.UInt16BitsToHalf(code))], kernels.Floats(Dtype.F16, Bytes16));

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void DecodeBFloat16AsUpperHalfOfFloat32(ConversionKernels kernels)
    {
        float[] values = kernels.Floats(Dtype.BF16, Bytes16);
        Assert.Equal(Codes16.Select(code => (uint)code << 16), values.Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void ComeBackUnchanged(ConversionKernels kernels)
    {
        foreach (var dtype in new[] { Dtype.F16, Dtype.BF16, Dtype.F8_E4M3, Dtype.F8_E5M2 })
        {
            byte[] codes = dtype.Size() == 2 ? Bytes16 : Codes8;
            float[] values = kernels.Floats(dtype, codes);
            byte[] back = kernels.Bytes(dtype, values);
            // A signaling NaN comes back quiet: its sign and its payload below the quiet bit stay.
            uint quiet = dtype switch { Dtype.F16 => 0x200, Dtype.BF16 => 0x40, Dtype.F8_E5M2 => 2, _ => 0 };
            for (int i = 0; i < values.Length; i++) Assert.Equal(Code(codes, dtype, i) | (float.IsNaN(values[i]) ? quiet : 0), Code(back, dtype, i));
        }
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void BooleansAreZeroOrOne(ConversionKernels kernels) =>
        Assert.Equal([0, .. Enumerable.Repeat(1f, 255)], kernels.Floats(Dtype.BOOL, Codes8));

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void IntegersAreTheirValues(ConversionKernels kernels)
    {
        Assert.Equal(Codes8.Select(code => (float)code), kernels.Floats(Dtype.U8, Codes8));
        Assert.Equal(Codes8.Select(code => (float)(sbyte)code), kernels.Floats(Dtype.I8, Codes8));
        Assert.Equal(Codes16.Select(code => (float)(short)code), kernels.Floats(Dtype.I16, Bytes16));
    }

    static uint Code(byte[] bytes, Dtype dtype, int i) => dtype.Size() == 2 ? BitConverter.ToUInt16(bytes, i * 2) : bytes[i];

    static void SameValues(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (float.IsNaN(expected[i])) Assert.True(float.IsNaN(actual[i]), $"code {i:x} is {actual[i]}, not NaN");
            else Assert.Equal(BitConverter.SingleToUInt32Bits(expected[i]), BitConverter.SingleToUInt32Bits(actual[i]));
        }
    }
}
