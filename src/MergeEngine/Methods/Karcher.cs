using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Methods;

/// <summary>Karcher mean: the direction whose arcs to all models' directions balance, with the mean of their lengths.</summary>
/// <remarks>
/// <para>merged = (Σ ‖xₜ‖ / n) · u; u starts at the mean of the directions and goes, at most <c>max_iter</c> times, along the mean of the arcs from it to them, until that is
/// shorter than <c>tol</c>. Tensors no longer than <c>tol</c> have no direction. A base is one model more. One model is taken as it is.</para>
/// <para>Source: mergekit 0.1.4, karcher. All directions are weighted sums of the inputs, so one pass over them is enough.</para>
/// </remarks>
public sealed class Karcher : IMergeMethod
{
    /// <summary>Most steps towards the mean.</summary>
    static readonly Parameter MaxIterations = new("max_iter", 10, Min: 0, Max: 100_000, Kind: ParameterKind.Integer);

    /// <summary>Length below which a step, or a tensor, counts as nothing.</summary>
    static readonly Parameter Tolerance = new("tol", 1e-5, Min: 0);

    public MethodSpec Spec { get; } = new("karcher", "Karcher Mean", "mergekit 0.1.4", [MaxIterations, Tolerance]) { BaseIsInput = true, NeedsOneDtype = true };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count == 1) return inputs.Models[0].Tensor;
        var tensors = inputs.Map(model => model.Tensor);
        var products = new GramMatrix(tensors);
        double[] norms = [.. tensors.Select((_, model) => products.Norm(model))];
        double[][] directions = [.. norms.Select((norm, model) => Unit(model, norm)).Where((_, model) => norms[model] > inputs[Tolerance])];
        if (directions.Length == 0) return tensors[0].KeepRanks(0, 0);
        var mean = new DirectionMean(products, directions, inputs[Tolerance]).Find((int)inputs[MaxIterations]);
        return LazyTensor.WeightedSum(tensors, mean.Select(share => share * norms.Average()));

        double[] Unit(int model, double norm) => [.. norms.Select((_, other) => other == model ? 1 / norm : 0)];
    }
}
