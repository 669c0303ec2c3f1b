using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Methods;

/// <summary>Multi-SLERP: the weighted mean of the models' directions, with the weighted mean of their lengths; of task vectors where there is a base.</summary>
/// <remarks>
/// <para>merged = cos(eps) · m/‖m‖ · Σ wₜ‖xₜ‖, m = Σ wₜ xₜ / (‖xₜ‖ + eps); with a base, x are task vectors, and the base is added. <c>normalize_weights</c> divides the
/// weights by their sum. Where ‖m‖ is below eps, two models give Σ wₜ xₜ, more are refused. One model is taken as it is.</para>
/// <para>Source: mergekit 0.1.4, multislerp. Its step along the tangent is the projection of m off its own direction, which is zero but for rounding, and left out.</para>
/// </remarks>
public sealed class Multislerp : IMergeMethod
{
    /// <summary>Factor of one model.</summary>
    static readonly Parameter Weight = new("weight", PerModel: true);

    /// <summary>Divide the weights by their sum.</summary>
    static readonly Parameter NormalizeWeights = new("normalize_weights", 1, Kind: ParameterKind.Boolean);

    /// <summary>Added to lengths that are divided by.</summary>
    static readonly Parameter Epsilon = new("eps", 1e-8, Min: 0);

    public MethodSpec Spec { get; } = new("multislerp", "Multi-SLERP", "mergekit 0.1.4", [Weight, NormalizeWeights, Epsilon])
    {
        TakesBase = true,
        Promotes = true,
        CopiesTheOnlyOne = true,
        DividesByWeights = NormalizeWeights,
    };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count < 2) return inputs.Models.Count == 1 ? inputs.Models[0].Tensor : inputs.Base;
        var vectors = inputs.Map(model => inputs.HasBase ? model.TaskVector : model.Tensor);
        var merged = LazyTensor.WeightedSum(vectors, Coefficients(inputs, new GramMatrix(vectors)));
        return inputs.HasBase ? inputs.Base + merged : merged;
    }

    static double[] Coefficients(MergeInputs inputs, GramMatrix products)
    {
        double[] weights = [.. inputs.All(Weight)], norms = [.. weights.Select((_, model) => products.Norm(model))];
        if (inputs.Is(NormalizeWeights)) weights = [.. weights.Select(weight => weight / inputs.All(Weight).Sum())];
        double epsilon = inputs[Epsilon], length = weights.Zip(norms, (weight, norm) => weight * norm).Sum();
        double[] mean = [.. weights.Zip(norms, (weight, norm) => norm == 0 ? 0 : weight / (norm + epsilon))];
        double size = products.Norm(mean);
        bool cancels = size < epsilon || size == 0;
        if (cancels && weights.Length > 2 && norms.Any(norm => norm > 0)) throw inputs.Refuse(Errors.DirectionsCancel);
        return cancels ? weights : [.. mean.Select(share => share / size * length * Elementary.Cos(epsilon))];
    }
}
