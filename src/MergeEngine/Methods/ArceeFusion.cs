using MergeEngine.Expressions;
using static MergeEngine.Expressions.Reduce;

namespace MergeEngine.Methods;

/// <summary>Arcee Fusion: takes the other model's element where it is important, and the base's elsewhere.</summary>
/// <remarks>
/// <para>merged = base + (θ − base) where |θ − base| · K ≥ median + 1.5 · (third − first quartile) of these products, else base; K is the divergence Σ p ln(p/q) of the
/// element's row, p and q the softmax of θ's row and of the base's (last axis) plus 1e-8.</para>
/// <para>Source: mergekit 0.1.4, arcee_fusion. Quartiles are elements of the sorted products at trunc(share · (count − 1)), of all of them: mergekit draws a sample
/// of large tensors at random. The result has the recipe's dtype, not float32.</para>
/// </remarks>
public sealed class ArceeFusion : IMergeMethod
{
    const double Floor = 1e-8;
    const float Reach = 1.5f;

    public MethodSpec Spec { get; } = new("arcee_fusion", "Arcee Fusion", "mergekit 0.1.4", [])
    {
        NeedsBase = true,
        MaxModels = 1,
        CopiesTheOnlyOne = true,
        Vocabularies = VocabularyRule.Smallest,
    };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (!inputs.HasBase || inputs.Models.Count == 0) return inputs.HasBase ? inputs.Base : inputs.Models[0].Tensor;
        if (inputs.Shape.Count == 0) return inputs.Base;
        var (model, change) = (inputs.Models[0].Tensor, inputs.Models[0].TaskVector);
        var importance = change.Absolute().ScaleVectors(RowDivergence(model, inputs.Base, Floor));
        LazyNumber Quantile(double share) => Magnitude(importance, inputs.Shape.Count - (long)(share * (inputs.Shape.Count - 1)));
        var spread = LazyNumber.Combine(Quantile(0.75), Quantile(0.25), (third, first) => (float)third - (float)first);
        var threshold = LazyNumber.Combine(Quantile(0.5), spread, (median, range) => (float)median + Reach * (float)range);
        return inputs.Base + change.KeepFrom(importance, threshold);
    }
}
