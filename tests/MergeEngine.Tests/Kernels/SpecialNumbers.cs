namespace MergeEngine.Tests.Kernels;

/// <summary>Finite floats of every sort: both zeros, denormals, the smallest and the largest, equal ones, ordinary ones.</summary>
static class SpecialNumbers
{
    public const int MaxLength = 256;

    static readonly float[] Special =
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, -1.1754942e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue, 3e38f, -2e38f,
        1, -1, 2, -2, 0.1f, 1.0000001f, 0.99999994f, 16777216, 16777217, 1e-20f, -1e20f,
    ];

    /// <summary>Half special, half ordinary; other seeds give other neighbors.</summary>
    public static float[] Draw(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(2) == 0 ? Special[random.Next(Special.Length)] : (float)(random.NextDouble() * 20 - 10))];
    }

    /// <summary>The same without what overflows when squared and added.</summary>
    public static float[] DrawModest(int length, int seed) => [.. Draw(length, seed).Select(value => Math.Abs(value) > 1e15f ? 3 : value)];
}
