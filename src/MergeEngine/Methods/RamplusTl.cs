using MergeEngine.Expressions;
using static MergeEngine.Methods.Ram;

namespace MergeEngine.Methods;

/// <summary>RAM+: as RAM, and what only one model changed counts more, the more that model shares with others.</summary>
/// <remarks>
/// <para>merged = base + λₜ τₜ where only model t changed the element (|τ| over <c>epsilon</c>), + mean of the τ of those that changed it where several did;
/// λₜ = 1 + r · (shared / alone), the quotient of t's counts of such elements in this tensor, from 0 to <c>alpha</c>.</para>
/// <para>Source: mergekit 0.1.4, ramplus_tl. The result has the recipe's dtype, not float32.</para>
/// </remarks>
public sealed class RamplusTl : IMergeMethod
{
    /// <summary>How much changes of one model alone are strengthened.</summary>
    static readonly Parameter R = new("r", 0.1);

    /// <summary>Most of what the share of common changes counts in that.</summary>
    static readonly Parameter Alpha = new("alpha", 0.2);

    public MethodSpec Spec { get; } = new("ramplus_tl", "RAM+ TL", "mergekit 0.1.4", [R, Alpha, Epsilon]) { NeedsBase = true };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count == 0) return inputs.Base;
        var vectors = inputs.Map(model => model.TaskVector);
        return inputs.Base + LazyTensor.OverlapSum(vectors, inputs[Epsilon], Reduce.Overlaps(vectors, inputs[Epsilon], Factor));

        double Factor(long alone, long shared) => 1 + inputs[R] * Math.Min(Math.Max(shared / Math.Max(alone, inputs[Epsilon]), 0), inputs[Alpha]);
    }
}
