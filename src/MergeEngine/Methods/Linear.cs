using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>Linear: weighted average of the models, or their weighted sum.</summary>
/// <remarks>
/// <para>merged = Σ wₜ θₜ / Σ wₜ; without <c>normalize</c> the sum alone. A base that is among the sources is a model like the others.</para>
/// <para>Source: Wortsman et al. 2022, arXiv:2203.05482; mergekit 0.1.4, linear.</para>
/// </remarks>
public sealed class Linear : IMergeMethod
{
    /// <summary>Factor of one model.</summary>
    static readonly Parameter Weight = new("weight", PerModel: true);

    /// <summary>Divide by the sum of the weights.</summary>
    static readonly Parameter Normalize = new("normalize", 1, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } = new("linear", "Linear", "arXiv:2203.05482", [Weight, Normalize]) { BaseIsInput = true, DividesByWeights = Normalize, Vocabularies = VocabularyRule.Smallest };

    public LazyTensor Merge(MergeInputs inputs)
    {
        var sum = LazyTensor.WeightedSum(inputs.Map(model => model.Tensor), inputs.All(Weight));
        return inputs.Is(Normalize) ? sum / TotalWeight(inputs) : sum;
    }

    /// <summary>Σ wₜ in float32, as the weights are.</summary>
    static double TotalWeight(MergeInputs inputs) => inputs.All(Weight).Aggregate(0f, (sum, weight) => sum + (float)weight);
}
