using MergeEngine.Expressions;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>Task arithmetic: adds weighted task vectors to the base; a negative weight forgets.</summary>
/// <remarks>
/// <para>merged = base + λ · Σ wₜ τₜ; with <c>normalize</c> the sum is divided by Σ wₜ.</para>
/// <para>Source: Ilharco et al. 2023, arXiv:2212.04089. Density, int8_mask and rescale are accepted and change nothing.</para>
/// </remarks>
public sealed class TaskArithmetic : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(false);

    /// <summary>Accepted for old recipes; nothing is trimmed, so there is nothing to rescale.</summary>
    static readonly Parameter Rescale = new("rescale", 0, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } =
        new("task_arithmetic", "Task Arithmetic", "arXiv:2212.04089", [Weight, Density, Normalized, Lambda, Rescale, Int8Mask]) { NeedsBase = true, Vocabularies = VocabularyRule.Base };

    public LazyTensor Merge(MergeInputs inputs) => Sum(inputs, inputs.Map(model => model.TaskVector), inputs.Is(Normalized));
}
