using MergeEngine.Expressions;
using static MergeEngine.Methods.DellaDrop;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DELLA without election: drop elements of each task vector at random, small ones more often, rescale the rest, add the weighted sum to the base.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ wₜ drop(τₜ), drop as in <see cref="Della"/>; with <c>normalize</c> the sum is divided by Σ wₜ.</para>
/// <para>Source: Deep et al. 2024, arXiv:2406.11617.</para>
/// </remarks>
public sealed class DellaLinear : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    public MethodSpec Spec { get; } = new("della_linear", "DELLA Linear", "arXiv:2406.11617", [Weight, Density, Epsilon, Normalized, Lambda, Rescale, Int8Mask])
    {
        NeedsBase = true,
        IsRandom = true,
        ComparesInVectors = true,
        Vocabularies = VocabularyRule.Base,
        Checks = [Probabilities],
    };

    public LazyTensor Merge(MergeInputs inputs) => Sum(inputs, inputs.Map(model => Drop(inputs, model)), inputs.Is(Normalized));
}
