namespace MergeEngine.Tests.Methods;

/// <summary>Compares elements with a tolerance.</summary>
static class Near
{
    /// <param name="expected">What should come out.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="tolerance">Largest difference, in units of the largest expected magnitude (of 1 where all are zero); 0: equal.</param>
    /// <param name="situation">Told in the message.</param>
    public static void Check(float[] expected, float[] actual, double tolerance, string situation)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double allowed = tolerance * (largest == 0 ? 1 : largest);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs((double)expected[i] - actual[i]) <= allowed, $"element {i} is {actual[i]:R}, expected {expected[i]:R}: {situation}");
    }
}
