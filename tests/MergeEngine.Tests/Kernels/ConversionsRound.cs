using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Tests.Checkpoints;

namespace MergeEngine.Tests.Kernels;

/// <summary>Float32 to narrower formats: against torch's numbers, and against the nearest of all codes.</summary>
public class ConversionsRound
{
    static byte[] Golden(string file, string name) => Formats.Tensors(Formats.Path("numbers", file + ".safetensors"))[name].Bytes;

    static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void AsTorchDoes(ConversionKernels kernels)
    {
        float[] values = Floats(Golden("rounding", "f32_bits"));
        SameCodes(kernels, Dtype.BF16, Golden("rounding", "bf16_bits"), values);
        SameCodes(kernels, Dtype.F16, Golden("rounding", "f16_bits"), values);
        SameCodes(kernels, Dtype.F8_E4M3, Golden("rounding", "f8_e4m3_bits"), values);
        SameCodes(kernels, Dtype.F8_E5M2, Golden("rounding", "f8_e5m2_bits"), values);
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void FromFloat64AsTorchDoes(ConversionKernels kernels)
    {
        float[] values = kernels.Floats(Dtype.F64, Golden("from-float64", "f64"));
        SameCodes(kernels, Dtype.F32, Golden("from-float64", "f32"), values);
        SameCodes(kernels, Dtype.BF16, Golden("from-float64", "bf16"), values);
        SameCodes(kernels, Dtype.F16, Golden("from-float64", "f16"), values);
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void HalvesAsTheRuntimeDoes(ConversionKernels kernels)
    {
        float[] values = Awkward();
        ushort[] codes = kernels.Codes16(Dtype.F16, values);
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i])) Assert.True(Half.IsNaN(BitConverter.UInt16BitsToHalf(codes[i])));
            else Assert.Equal(BitConverter.HalfToUInt16Bits((Half)values[i]), codes[i]);
        }
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void ToTheNearestCodeAndFromTheMiddleToTheEvenOne(ConversionKernels kernels)
    {
        foreach (var (dtype, infinity) in new[] { (Dtype.BF16, 0x7F80), (Dtype.F16, 0x7C00), (Dtype.F8_E4M3, 0x7E), (Dtype.F8_E5M2, 0x7C) })
        {
            for (int code = 0; code < infinity - 1; code++)
            {
                float low = Value(dtype, code);
                float high = Value(dtype, code + 1);
                // Both neighbors and the middle are exact in float32, except below the smallest bfloat16 normals, where the middle still is.
                float middle = (float)(((double)low + high) / 2);
                int even = code % 2 == 0 ? code : code + 1;
                Assert.Equal([code, code, even, code + 1, code + 1],
                    Codes(kernels, dtype, [low, float.BitDecrement(middle), middle, float.BitIncrement(middle), high]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void BeyondTheLargestToInfinityOrToTheLargest(ConversionKernels kernels)
    {
        Assert.Equal([0x7F7F, 0x7F80, 0x7F80], Codes(kernels, Dtype.BF16, [Bits(0x7F7F7FFF), Bits(0x7F7F8000), float.PositiveInfinity]));
        Assert.Equal([0x7BFF, 0x7C00, 0x7C00], Codes(kernels, Dtype.F16, [Bits(0x477FEFFF), 65520, float.MaxValue]));
        Assert.Equal([0x7B, 0x7C, 0xFC], Codes(kernels, Dtype.F8_E5M2, [Bits(0x476FFFFF), 61440, float.NegativeInfinity]));
        Assert.Equal([0x7E, 0x7E, 0xFE], Codes(kernels, Dtype.F8_E4M3, [465, float.PositiveInfinity, float.MinValue]));
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void WideIntegersAndDoublesToTheNearestFloat(ConversionKernels kernels)
    {
        long[] integers = [0, 1, -1, 16777216, 16777217, 16777219, -16777217, long.MaxValue, long.MinValue, 9007199791611905];
        // By hand: spacing is 2 above 2^24; 2^53 + 2^29 + 1 lies just above the middle of two floats, which rounding through double would miss.
        Assert.Equal([0, 1, -1, 16777216, 16777216, 16777220, -16777216, 9223372036854775808f, -9223372036854775808f, 9007200328482816f],
            kernels.Floats(Dtype.I64, MemoryMarshal.AsBytes<long>(integers).ToArray()));
        Assert.Equal([2147483648f, -2147483648f, 16777216], kernels.Floats(Dtype.I32, MemoryMarshal.AsBytes<int>([int.MaxValue, int.MinValue, 16777217]).ToArray()));
        double[] doubles = [1 + Math.Pow(2, -24), 1 + 3 * Math.Pow(2, -24), 1e300, -1e-300, Math.Pow(2, -150), double.NaN];
        Assert.Equal([1, Bits(0x3F800002), float.PositiveInfinity, -0f, 0, float.NaN], kernels.Floats(Dtype.F64, MemoryMarshal.AsBytes<double>(doubles).ToArray()));
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void Float32AndFloat64Exactly(ConversionKernels kernels)
    {
        float[] values = Awkward();
        Assert.Equal(MemoryMarshal.AsBytes<float>(values).ToArray(), kernels.Bytes(Dtype.F32, values));
        Assert.Equal(values.Select(value => (double)value), MemoryMarshal.Cast<byte, double>(kernels.Bytes(Dtype.F64, values)).ToArray());
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void NeverToIntegers(ConversionKernels kernels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => kernels.Bytes(Dtype.I32, [1]));

    /// <summary>Random bit patterns, and every exponent with mantissas around the places where a narrower one ends.</summary>
    internal static float[] Awkward()
    {
        var random = new Random(3);
        uint[] mantissas = [0, 1, 0xFFF, 0x1000, 0x1001, 0x2FFF, 0x3000, 0x3001, 0x7FFF, 0x8000, 0x8001, 0x17FFF, 0x18000, 0x80000, 0x180000, 0x400000, 0x7FFFFF];
        var edges = from sign in new uint[] { 0, 0x80000000 }
                    from exponent in Enumerable.Range(0, 256)
                    from mantissa in mantissas
                    select Bits(sign | ((uint)exponent << 23) | mantissa);
        return [.. edges, .. Enumerable.Range(0, 100_000).Select(_ => Bits((uint)random.NextInt64(1L << 32)))];
    }

    static float Bits(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    static float Value(Dtype dtype, int code)
    {
        float[] value = new float[1];
        ScalarConversions.Decode(dtype, BitConverter.GetBytes(code).AsSpan(0, dtype.Size()), value);
        return value[0];
    }

    /// <summary>The values repeated, so that vectors of any width are full of them.</summary>
    static int[] Codes(ConversionKernels kernels, Dtype dtype, float[] values)
    {
        byte[] bytes = kernels.Bytes(dtype, [.. Enumerable.Repeat(values, 16).SelectMany(value => value)]);
        return [.. Enumerable.Range(0, values.Length).Select(i => dtype.Size() == 2 ? BitConverter.ToUInt16(bytes, i * 2) : bytes[i])];
    }

    static void SameCodes(ConversionKernels kernels, Dtype dtype, byte[] expected, float[] values)
    {
        byte[] actual = kernels.Bytes(dtype, values);
        float[] expectedValues = kernels.Floats(dtype, expected);
        float[] actualValues = kernels.Floats(dtype, actual);
        for (int i = 0; i < values.Length; i++)
        {
            bool bothNaN = float.IsNaN(expectedValues[i]) && float.IsNaN(actualValues[i]);
            int at = i * dtype.Size();
            Assert.True(bothNaN || expected.AsSpan(at, dtype.Size()).SequenceEqual(actual.AsSpan(at, dtype.Size())), $"{dtype} of {values[i]:r} at {i}");
        }
    }
}
