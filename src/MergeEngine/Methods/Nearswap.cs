using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>NearSwap: takes the other model's element where it is near to the base's, and less of it the farther it is.</summary>
/// <remarks>
/// <para>merged = w · θ + (1 − w) · base, w = t / |base − θ| for each element, at most 1; the distance counts as 1e-6 at least.</para>
/// <para>Source: mergekit 0.1.4, nearswap.</para>
/// </remarks>
public sealed class Nearswap : IMergeMethod
{
    const double SmallestDistance = 1e-6;

    /// <summary>Difference from the base up to which an element is the other model's.</summary>
    static readonly Parameter T = new("t");

    public MethodSpec Spec { get; } = new("nearswap", "NearSwap", "mergekit 0.1.4", [T]) { NeedsBase = true, Promotes = true, MaxModels = 1 };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count == 0) return inputs.Base;
        var (a, b) = (inputs.Base, inputs.Models[0].Tensor);
        var distance = (a - b).Absolute().Clamp(SmallestDistance, double.PositiveInfinity);
        var share = (inputs[T] / distance).Clamp(0, 1);
        return share * b + (share * -1 + 1) * a;
    }
}
