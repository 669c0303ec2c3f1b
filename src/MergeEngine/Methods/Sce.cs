using MergeEngine.Expressions;
using static MergeEngine.Expressions.Reduce;

namespace MergeEngine.Methods;

/// <summary>SCE: select the elements in which task vectors differ most, calculate weights from their squares, erase what has the minority's sign.</summary>
/// <remarks>
/// <para>merged = base + Σ wₜ τₜ / Σ wₜ over the models of the elected sign; wₜ in proportion to the mean of τₜ². With <c>select_topk</c> below 1 only that share of the elements
/// with variance over the models counts, those of largest variance. Where the mean squares sum to less than <c>degenerate_eps</c>, all weights are equal.</para>
/// <para>Source: Wan et al. 2024, arXiv:2408.07990; the floors 1e-6 are mergekit's.</para>
/// </remarks>
public sealed class Sce : IMergeMethod
{
    const double SmallestDivisor = 1e-6;

    /// <summary>Share of the elements with the largest variance over the models that counts.</summary>
    static readonly Parameter SelectTopk = new("select_topk", 1);

    /// <summary>Sum of mean squares below which all models have equal weights.</summary>
    static readonly Parameter DegenerateEps = new("degenerate_eps", 1e-6, Min: 0);

    public MethodSpec Spec { get; } = new("sce", "SCE", "arXiv:2408.07990", [SelectTopk, DegenerateEps, TaskVectorMerge.Int8Mask]) { NeedsBase = true, Promotes = true };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count == 0) return inputs.Base;
        var vectors = Select(inputs.Map(model => model.TaskVector), inputs[SelectTopk]);
        double[] weights = Weights(inputs, vectors);
        var sign = LazyTensor.SignOfSum(vectors);
        return inputs.Base + LazyTensor.DisjointMean([.. vectors.Zip(weights, (vector, weight) => vector * weight)], sign, weights, SmallestDivisor);
    }

    static IReadOnlyList<LazyTensor> Select(IReadOnlyList<LazyTensor> vectors, double share)
    {
        if (share >= 1) return vectors;
        var variance = LazyTensor.Variance(vectors);
        var selected = variance.KeepRanks(0, (long)(Nonzeros(variance).Value * Math.Max(0, share)));
        return [.. vectors.Select(vector => vector.KeepWhere(selected))];
    }

    static double[] Weights(MergeInputs inputs, IReadOnlyList<LazyTensor> vectors)
    {
        LazyNumber[] squares = [.. vectors.Select(vector => Dot(vector, vector))];
        double[] means = [.. squares.Select(sum => inputs.Shape.Count == 0 ? 0 : sum.Value / inputs.Shape.Count)];
        double total = means.Sum();
        bool equal = total < inputs[DegenerateEps] || total == 0;
        if (equal && total > 0 && means.Length > 1) inputs.Tell(Errors.MeanSquaresBelowFloor);
        return [.. means.Select(mean => equal ? 1.0 / means.Length : mean / total)];
    }
}
