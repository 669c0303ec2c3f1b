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
        new(nameof(KernelSet.Absolute), (k, x, _, _, d) => k.Absolute(x, d), (x, _, _, _) => Math.Abs(x)),
        new(nameof(KernelSet.Clamp), (k, x, _, n, d) => k.Clamp(x, -Math.Abs(n), Math.Abs(n), d), (x, _, _, n) => Math.Clamp(x, -Math.Abs(n), Math.Abs(n))),
        new(nameof(KernelSet.KeepFrom), (k, x, y, n, d) => k.KeepFrom(x, y, n, d), (x, y, _, n) => y >= n ? x : 0),
        new(nameof(KernelSet.KeepWhere), (k, x, y, _, d) => k.KeepWhere(x, y, d), (x, y, _, _) => y != 0 ? x : 0),
        new(nameof(KernelSet.KeepBelowEach), (k, x, y, _, d) => k.KeepBelowEach(x, y, x, d), (x, y, _, _) => y < x ? x : 0),
        new(nameof(KernelSet.KeepBelow), (k, x, y, n, d) => k.KeepBelow(x, y, n, d), (x, y, _, n) => y < n ? x : 0),
    }.ToDictionary(operation => operation.Name);
}
