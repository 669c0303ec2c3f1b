using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Kernels;

/// <summary>Lengths 0 to 256 at odd addresses, bit for bit against the scalar definition, with guards around the destination.</summary>
public class ConversionsOfAnyLength
{
    const byte Guard = 0xA5;

    public static TheoryData<Dtype> Dtypes { get; } = [.. Enum.GetValues<Dtype>()];

    public static TheoryData<Dtype> FloatDtypes { get; } = [.. Enum.GetValues<Dtype>().Where(dtype => dtype.IsFloat())];

    [Theory]
    [MemberData(nameof(Dtypes))]
    public void DecodeEqually(Dtype dtype)
    {
        byte[] bytes = new byte[257 * dtype.Size()];
        new Random(5).NextBytes(bytes);
        for (int length = 0; length <= 256; length++)
        {
            var source = bytes.AsSpan(1, length * dtype.Size());
            float[] expected = new float[length];
            ScalarConversions.Decode(dtype, source, expected);
            float[] actual = [.. Enumerable.Repeat(1e9f, length + 2)];
            SimdConversions.Decode(dtype, source, actual.AsSpan(1, length));
            Assert.Equal([1e9f, .. expected, 1e9f], actual, (a, b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b));
        }
    }

    [Theory]
    [MemberData(nameof(FloatDtypes))]
    public void EncodeEqually(Dtype dtype)
    {
        float[] values = [.. ConversionsRound.Awkward().Reverse().Take(257)];
        for (int length = 0; length <= 256; length++)
        {
            var source = values.AsSpan(1, length);
            byte[] expected = new byte[length * dtype.Size()];
            ScalarConversions.Encode(dtype, source, expected);
            byte[] actual = [.. Enumerable.Repeat(Guard, expected.Length + 2)];
            SimdConversions.Encode(dtype, source, actual.AsSpan(1, expected.Length));
            Assert.Equal([Guard, .. expected, Guard], actual);
        }
    }

    [Theory]
    [MemberData(nameof(FloatDtypes))]
    public void EncodeAwkwardValuesEqually(Dtype dtype)
    {
        float[] values = ConversionsRound.Awkward();
        byte[] expected = new byte[values.Length * dtype.Size()];
        byte[] actual = new byte[expected.Length];
        ScalarConversions.Encode(dtype, values, expected);
        SimdConversions.Encode(dtype, values, actual);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void MustAgreeInLength(ConversionKernels kernels)
    {
        Assert.Throws<ArgumentException>(() => kernels.Decode(Dtype.BF16, new byte[3], new float[1]));
        Assert.Throws<ArgumentException>(() => kernels.Decode(Dtype.BF16, new byte[64], new float[33]));
        Assert.Throws<ArgumentException>(() => kernels.Encode(Dtype.BF16, new float[32], new byte[62]));
        Assert.Throws<ArgumentException>(() => kernels.Encode(Dtype.F32, new float[1], new byte[8]));
    }

    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void NonFiniteValuesAreFoundAtEveryPlace(ConversionKernels kernels)
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? float.MaxValue : -float.Epsilon)];
            Assert.False(kernels.AnyNonFinite(values));
            for (int i = 0; i < length; i++)
            {
                foreach (uint bits in new uint[] { 0x7F800000, 0xFF800000, 0x7F800001, 0xFFC00000 })
                {
                    float old = values[i];
                    values[i] = BitConverter.UInt32BitsToSingle(bits);
                    Assert.True(kernels.AnyNonFinite(values));
                    values[i] = old;
                }
            }
        }
    }
}
