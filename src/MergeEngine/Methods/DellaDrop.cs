using MergeEngine.Expressions;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>DELLA's step: drop elements of a task vector at random, small ones of their row more often than large ones, rescale what is left.</summary>
/// <remarks>Source: Deep et al. 2024, arXiv:2406.11617. The paper divides each kept element by its own probability (<c>probability</c>); mergekit, and so the default here,
/// keeps the tensor's L1 norm (<c>l1_norm</c>, or true); <c>none</c> or false keeps the values. Rows lie along the second axis, as in mergekit.</remarks>
static class DellaDrop
{
    public const string Purpose = "della.keep";

    /// <summary>How far the probability of the largest and of the smallest element lies from the density.</summary>
    public static readonly Parameter Epsilon = new("epsilon", 0.15, PerModel: true);

    /// <summary>What makes up for the dropped elements.</summary>
    public static readonly Parameter Rescale =
        new("rescale", (int)Rescaling.L1Norm, Kind: ParameterKind.Word) { Words = ["none", "l1_norm", "probability"] };

    public static readonly PlanCheck Probabilities = new(Density, (_, value) => value(Density) is > 0 and < 1 and var density
        && (density + value(Epsilon) >= 1 || density - value(Epsilon) <= 0), Errors.DensityWithEpsilon);

    enum Rescaling
    {
        None,
        L1Norm,
        Probability,
    }

    public static LazyTensor Drop(MergeInputs inputs, ModelInput model)
    {
        var (vector, density, epsilon) = (model.TaskVector, model[Density], model[Epsilon]);
        if (density >= 1) return vector;
        if (density <= 0) return vector.KeepRanks(0, 0);
        var probability = vector.RanksAlongSecondAxis() * (2 * epsilon) + (density - epsilon);
        var kept = vector.KeepRandom(probability, model.Uniform(Purpose));
        return (Rescaling)inputs[Rescale] switch
        {
            Rescaling.L1Norm => kept.RescaledToL1NormOf(vector),
            Rescaling.Probability => kept / probability,
            _ => kept,
        };
    }
}
