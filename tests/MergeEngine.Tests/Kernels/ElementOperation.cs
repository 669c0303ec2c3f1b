using MergeEngine.Kernels;

namespace MergeEngine.Tests.Kernels;

/// <summary>Calls an element-wise operation of a kernel set; arguments that it does not take are left out.</summary>
delegate void ElementCall(KernelSet kernels, ReadOnlySpan<float> left, ReadOnlySpan<float> right, float number, Span<float> destination);

/// <summary>One element-wise operation: how it is called, and what it means for one element.</summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Call">Calls it.</param>
/// <param name="Meaning">The element's result of left, right, the destination's old element and the number.</param>
sealed record ElementOperation(string Name, ElementCall Call, Func<float, float, float, float, float> Meaning)
{
    public static IReadOnlyDictionary<string, ElementOperation> All { get; } = new ElementOperation[]
    {
        new(nameof(KernelSet.Add), (k, x, y, _, d) => k.Add(x, y, d), (x, y, _, _) => x + y),
        new(nameof(KernelSet.Subtract), (k, x, y, _, d) => k.Subtract(x, y, d), (x, y, _, _) => x - y),
        new(nameof(KernelSet.Multiply), (k, x, y, _, d) => k.Multiply(x, y, d), (x, y, _, _) => x * y),
        new(nameof(KernelSet.Divide), (k, x, y, _, d) => k.Divide(x, y, d), (x, y, _, _) => x / y),
        new(nameof(KernelSet.AddScalar), (k, x, _, n, d) => k.AddScalar(x, n, d), (x, _, _, n) => x + n),
        new(nameof(KernelSet.Scale), (k, x, _, n, d) => k.Scale(x, n, d), (x, _, _, n) => x * n),
        new(nameof(KernelSet.DivideByScalar), (k, x, _, n, d) => k.DivideByScalar(x, n, d), (x, _, _, n) => x / n),
        new(nameof(KernelSet.AddScaled), (k, x, _, n, d) => k.AddScaled(x, n, d), (x, _, old, n) => old + Rounded((double)x * n)),
        new(nameof(KernelSet.Absolute), (k, x, _, _, d) => k.Absolute(x, d), (x, _, _, _) => Math.Abs(x)),
        new(nameof(KernelSet.SignOrPositive), (k, x, _, _, d) => k.SignOrPositive(x, d), (x, _, _, _) => x >= 0 ? 1 : -1),
        new(nameof(KernelSet.AddWhereSign), (k, x, y, _, d) => k.AddWhereSign(x, Signs(y), d), (x, y, old, _) => old + (Agree(x, y) ? x : 0)),
        new(nameof(KernelSet.AddWeightWhereSign), (k, x, y, n, d) => k.AddWeightWhereSign(x, Signs(y), n, d), (x, y, old, n) => old + (Agree(x, y) ? n : 0)),
        new(nameof(KernelSet.DivideUnlessZero), (k, x, y, _, d) => k.DivideUnlessZero(x, y, d), (x, y, _, _) => x / (y == 0 ? 1 : y)),
        new(nameof(KernelSet.KeepBelow), (k, x, y, n, d) => k.KeepBelow(x, y, n, d), (x, y, _, n) => y < n ? x : 0),
    }.ToDictionary(operation => operation.Name);

    /// <summary>A float32 product is exact in float64, so this is one rounding.</summary>
    static float Rounded(double product) => (float)product;

    /// <summary>Elected signs: 1 and −1 only.</summary>
    static float[] Signs(ReadOnlySpan<float> values)
    {
        float[] signs = new float[values.Length];
        for (int i = 0; i < signs.Length; i++) signs[i] = float.IsNegative(values[i]) ? -1 : 1;
        return signs;
    }

    static bool Agree(float x, float y) => x != 0 && float.IsNegative(x) == float.IsNegative(y);
}
