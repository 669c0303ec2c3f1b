using MergeEngine.Expressions;
using static MergeEngine.Methods.DellaDrop;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DELLA: drop elements of each task vector at random, small ones more often, rescale the rest, elect signs, average what agrees.</summary>
/// <remarks>
/// <para>merged = base + λ · mean{ wₜ drop(τₜ) : sign = elected }; drop keeps an element with a probability from density − epsilon for the smallest magnitude of its row to
/// density + epsilon for the largest; without <c>normalize</c> their sum.</para>
/// <para>Source: Deep et al. 2024, arXiv:2406.11617.</para>
/// </remarks>
public sealed class Della : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(true);

    public MethodSpec Spec { get; } = new("della", "DELLA", "arXiv:2406.11617", [Weight, Density, Epsilon, Normalized, Lambda, Rescale, Int8Mask])
    {
        NeedsBase = true,
        IsRandom = true,
        ComparesInVectors = true,
        Vocabularies = VocabularyRule.Base,
        Checks = [Probabilities],
    };

    public LazyTensor Merge(MergeInputs inputs) => Elect(inputs, inputs.Map(model => Drop(inputs, model)), inputs.Is(Normalized));
}
