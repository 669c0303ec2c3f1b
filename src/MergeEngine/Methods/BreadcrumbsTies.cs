using MergeEngine.Expressions;
using static MergeEngine.Methods.BreadcrumbsTrim;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>Breadcrumbs with TIES: drop the largest and the smallest elements of each task vector, elect signs, add what agrees to the base.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ{ wₜ trim(τₜ) : sign = elected }, trim as in <see cref="Breadcrumbs"/>; with <c>normalize</c> their weighted mean.</para>
/// <para>Source: Davari and Belilovsky 2024, arXiv:2312.06795, with the election of arXiv:2306.01708.</para>
/// </remarks>
public sealed class BreadcrumbsTies : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    public MethodSpec Spec { get; } =
        new("breadcrumbs_ties", "Breadcrumbs TIES", "arXiv:2312.06795", [Weight, Density, Gamma, Normalized, Lambda, Rescale, WithoutOutliers, Int8Mask])
        {
            NeedsBase = true,
            Vocabularies = VocabularyRule.Base,
            Checks = [NoOutliers],
        };

    public LazyTensor Merge(MergeInputs inputs) => Elect(inputs, inputs.Map(model => Trim(inputs, model)), inputs.Is(Normalized));
}
