namespace MergeEngine.Tests.Execution;

/// <summary>Compares elements bit for bit; NaN equals NaN.</summary>
static class SameBits
{
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, Func<string> situation)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!Same(expected[i], actual[i])) Assert.Fail($"element {i} of {expected.Length} is {actual[i]:R}, expected {expected[i]:R}: {situation()}");
    }

    static bool Same(float a, float b) => BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));
}
