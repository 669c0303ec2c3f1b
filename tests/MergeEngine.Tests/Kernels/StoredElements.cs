using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Kernels;

/// <summary>Decoding and encoding of 0 to 256 elements: every set gives the definition's bits and touches nothing else.</summary>
public class StoredElements
{
    public static TheoryData<Dtype> Dtypes => [.. Enum.GetValues<Dtype>()];

    public static TheoryData<Dtype> FloatDtypes => [.. Enum.GetValues<Dtype>().Where(dtype => dtype.IsFloat())];

    [Theory]
    [MemberData(nameof(Dtypes))]
    public void AreDecodedAlike(Dtype dtype)
    {
        var random = new Random(17);
        for (int length = 0; length <= SpecialNumbers.MaxLength; length++)
        {
            byte[] stored = new byte[length * dtype.Size()];
            random.NextBytes(stored);
            float[] expected = new float[length];
            KernelSet.All[0].Decode(dtype, stored, expected);
            foreach (var kernels in KernelSet.All)
            {
                var destination = new GuardedSpan<float>(new float[length], 9, length);
                kernels.Decode(dtype, new GuardedSpan<byte>(stored, 0xEE, length).Span, destination.Span);
                SameBits.Check(expected, destination.Span, () => $"{kernels.Name} {dtype}");
                destination.Check();
            }
        }
    }

    [Theory]
    [MemberData(nameof(FloatDtypes))]
    public void AreEncodedAlike(Dtype dtype)
    {
        for (int length = 0; length <= SpecialNumbers.MaxLength; length++)
        {
            float[] values = SpecialNumbers.Draw(length, length);
            byte[] expected = new byte[length * dtype.Size()];
            KernelSet.All[0].Encode(dtype, values, expected);
            foreach (var kernels in KernelSet.All)
            {
                var destination = new GuardedSpan<byte>(new byte[expected.Length], 0xEE, length);
                kernels.Encode(dtype, new GuardedSpan<float>(values, float.NaN, length).Span, destination.Span);
                Assert.True(expected.AsSpan().SequenceEqual(destination.Span), $"{kernels.Name} {dtype} {length}");
                destination.Check();
            }
        }
    }
}
