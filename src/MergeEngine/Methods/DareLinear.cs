using MergeEngine.Expressions;
using static MergeEngine.Methods.DareDrop;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DARE: drop elements of each task vector at random, rescale the rest, add the weighted sum to the base.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ wₜ drop(τₜ); with <c>normalize</c> the sum is divided by Σ wₜ.</para>
/// <para>Source: Yu et al. 2024, arXiv:2311.03099.</para>
/// </remarks>
public sealed class DareLinear : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    public MethodSpec Spec { get; } = new("dare_linear", "DARE Linear", "arXiv:2311.03099", [Weight, Density, Normalized, Lambda, Rescale, Int8Mask])
    {
        NeedsBase = true,
        IsRandom = true,
        Vocabularies = VocabularyRule.Base,
    };

    public LazyTensor Merge(MergeInputs inputs) => Sum(inputs, inputs.Map(model => Drop(inputs, model)), inputs.Is(Normalized));
}
