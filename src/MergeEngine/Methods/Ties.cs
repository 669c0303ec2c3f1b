using MergeEngine.Expressions;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>TIES: trim each task vector, elect one sign per element, average the values that agree.</summary>
/// <remarks>
/// <para>merged = base + λ · mean{ wₜ τₜ : sign(wₜ τₜ) = elected }, τₜ trimmed to its largest elements per tensor; without <c>normalize</c> their sum.
/// With <c>rescale</c> each trimmed task vector keeps its L1 norm.</para>
/// <para>Source: Yadav et al. 2023, arXiv:2306.01708, algorithm 1. Density 0.2 is the paper's k = 20 %, which it takes over the whole model.</para>
/// </remarks>
public sealed class Ties : IMergeMethod
{
    static readonly Parameter Normalized = Normalize(true);

    /// <summary>What is kept of a task vector is scaled to the L1 norm of the whole.</summary>
    static readonly Parameter Rescale = new("rescale", 0, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } =
        new("ties", "TIES", "arXiv:2306.01708", [Weight, Density, Normalized, Lambda, Rescale, Int8Mask])
        {
            NeedsBase = true,
            Vocabularies = VocabularyRule.Base,
            Checks = [new(Density, (shape, value) => value(Density) < 1 && shape.Count > 1 && (long)(value(Density) * shape.Count) == 0, Errors.KeepsNothing)],
        };

    public LazyTensor Merge(MergeInputs inputs) => Elect(inputs, inputs.Map(model => Trim(model, inputs.Is(Rescale))), inputs.Is(Normalized));

    static LazyTensor Trim(ModelInput model, bool rescale)
    {
        var trimmed = model.TaskVector.KeepLargest(model[Density]);
        return rescale ? trimmed.RescaledToL1NormOf(model.TaskVector) : trimmed;
    }
}
