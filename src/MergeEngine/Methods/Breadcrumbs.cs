using MergeEngine.Expressions;
using static MergeEngine.Methods.BreadcrumbsTrim;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>Breadcrumbs: drop the largest and the smallest elements of each task vector, add the weighted sum of the rest to the base.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ wₜ trim(τₜ); trim drops the share <c>gamma</c> of largest magnitude and keeps the share <c>density</c> that follows, per tensor.</para>
/// <para>Source: Davari and Belilovsky 2024, arXiv:2312.06795.</para>
/// </remarks>
public sealed class Breadcrumbs : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    public MethodSpec Spec { get; } =
        new("breadcrumbs", "Breadcrumbs", "arXiv:2312.06795", [Weight, Density, Gamma, Normalized, Lambda, Rescale, WithoutOutliers, Int8Mask])
        {
            NeedsBase = true,
            Vocabularies = VocabularyRule.Base,
            Checks = [NoOutliers],
        };

    public LazyTensor Merge(MergeInputs inputs) => Sum(inputs, inputs.Map(model => Trim(inputs, model)), inputs.Is(Normalized));
}
