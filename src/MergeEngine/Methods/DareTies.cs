using MergeEngine.Expressions;
using static MergeEngine.Methods.DareDrop;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DARE with TIES: drop elements of each task vector at random, rescale the rest, elect signs, add what agrees to the base.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ{ wₜ drop(τₜ) : sign = elected }; with <c>normalize</c> their weighted mean.</para>
/// <para>Source: Yu et al. 2024, arXiv:2311.03099, with the election of arXiv:2306.01708.</para>
/// </remarks>
public sealed class DareTies : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    public MethodSpec Spec { get; } = new("dare_ties", "DARE TIES", "arXiv:2311.03099", [Weight, Density, Normalized, Lambda, Rescale, Int8Mask])
    {
        NeedsBase = true,
        IsRandom = true,
        Vocabularies = VocabularyRule.Base,
    };

    public LazyTensor Merge(MergeInputs inputs) => Elect(inputs, inputs.Map(model => Drop(inputs, model)), inputs.Is(Normalized));
}
