using MergeEngine.Expressions;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DARE's step: drop elements of a task vector at random, rescale what is left.</summary>
/// <remarks>Source: Yu et al. 2024, arXiv:2311.03099. The paper divides by the density (<c>inverse_density</c>); mergekit, and so the default here,
/// keeps the tensor's L1 norm (<c>l1_norm</c>, or true); <c>none</c> or false keeps the values.</remarks>
static class DareDrop
{
    public const string Purpose = "dare.keep";

    /// <summary>What makes up for the dropped elements.</summary>
    public static readonly Parameter Rescale =
        new("rescale", (int)Rescaling.L1Norm, Kind: ParameterKind.Word) { Words = ["none", "l1_norm", "inverse_density"] };

    enum Rescaling
    {
        None,
        L1Norm,
        InverseDensity,
    }

    public static LazyTensor Drop(MergeInputs inputs, ModelInput model)
    {
        double density = model[Density];
        if (density >= 1) return model.TaskVector;
        var kept = model.TaskVector.KeepRandom(density, model.Uniform(Purpose));
        return (Rescaling)inputs[Rescale] switch
        {
            Rescaling.L1Norm => kept.RescaledToL1NormOf(model.TaskVector),
            Rescaling.InverseDensity when density > 0 => kept / density,
            _ => kept,
        };
    }
}
