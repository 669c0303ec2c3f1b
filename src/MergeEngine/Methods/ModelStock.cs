using MergeEngine.Expressions;
using static MergeEngine.Expressions.Reduce;

namespace MergeEngine.Methods;

/// <summary>Model Stock: moves from the base towards the models' average as far as their task vectors agree.</summary>
/// <remarks>
/// <para>merged = t · mean(θₜ) + (1 − t) · base, t = n c / (1 + (n − 1) c), c the mean cosine of all pairs of task vectors; per tensor, or per row
/// along the last axis with <c>filter_wise</c>. Where the divisor is nearly 0, t = 1.</para>
/// <para>Source: Jang et al. 2024, arXiv:2403.19522; the floor 1e-6 under the product of norms is mergekit's.</para>
/// </remarks>
public sealed class ModelStock : IMergeMethod
{
    const double SmallestProduct = 1e-6, SmallestDivisor = 1e-6;

    /// <summary>One share for each row instead of one for the tensor.</summary>
    static readonly Parameter FilterWise = new("filter_wise", 0, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } =
        new("model_stock", "Model Stock", "arXiv:2403.19522", [FilterWise]) { NeedsBase = true, Promotes = true, MinModels = 2, Vocabularies = VocabularyRule.Smallest };

    public LazyTensor Merge(MergeInputs inputs)
    {
        int count = inputs.Models.Count;
        if (count == 0) return inputs.Base;
        var vectors = inputs.Map(model => model.TaskVector);
        var mean = LazyTensor.Sum(inputs.Map(model => model.Tensor)) / count;
        (int I, int J)[] pairs = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i, count - i).Select(j => (i, j)))];
        if (inputs.Is(FilterWise))
        {
            var share = VectorNumbers.Combine([.. pairs.Select(pair => RowDot(vectors[pair.I], vectors[pair.J]))], dots => Share(count, pairs, dots));
            return mean.ScaleVectors(share) + inputs.Base.ScaleVectors(share.Select(t => 1 - t));
        }
        LazyNumber[] products = [.. pairs.Select(pair => Dot(vectors[pair.I], vectors[pair.J]))];
        double whole = Share(count, pairs, [.. products.Select(dot => dot.Value)]);
        return mean * whole + inputs.Base * (1 - whole);
    }

    /// <summary>t of the models' average.</summary>
    /// <param name="count">Models (n).</param>
    /// <param name="pairs">Pairs i ≤ j; those with i = j hold squared norms.</param>
    /// <param name="dots">Dot products of the pairs' task vectors.</param>
    static double Share(int count, (int I, int J)[] pairs, double[] dots)
    {
        double Norm(int model) => Math.Sqrt(dots[Array.IndexOf(pairs, (model, model))]);
        double[] cosines = [.. pairs.Zip(dots).Where(entry => entry.First.I < entry.First.J)
            .Select(entry => Math.Clamp(entry.Second / Math.Max(Norm(entry.First.I) * Norm(entry.First.J), SmallestProduct), -1, 1))];
        double cosine = cosines.Length == 0 ? 0 : cosines.Average();
        double divisor = 1 + (count - 1) * cosine;
        return Math.Abs(divisor) < SmallestDivisor ? 1 : count * cosine / divisor;
    }
}
