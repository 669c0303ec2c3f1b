using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>RAM: adds what only one model changed to the base as it is, and the mean of what several changed.</summary>
/// <remarks>
/// <para>merged = base + τₜ where only model t changed the element (|τ| over <c>epsilon</c>), + mean of the τ of those that changed it where several did.</para>
/// <para>Source: mergekit 0.1.4, ram.</para>
/// </remarks>
public sealed class Ram : IMergeMethod
{
    /// <summary>Change above which an element counts as changed.</summary>
    internal static readonly Parameter Epsilon = new("epsilon", 1e-5, Min: 0);

    public MethodSpec Spec { get; } = new("ram", "RAM", "mergekit 0.1.4", [Epsilon]) { NeedsBase = true, Promotes = true };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count == 0) return inputs.Base;
        return inputs.Base + LazyTensor.OverlapSum(inputs.Map(model => model.TaskVector), inputs[Epsilon], inputs.Map(_ => (LazyNumber)1));
    }
}
