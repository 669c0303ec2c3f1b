using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using static MergeEngine.Methods.TaskVectorMerge;

namespace MergeEngine.Methods;

/// <summary>Breadcrumbs' step: drop the largest elements of a task vector, outliers, and the smallest.</summary>
/// <remarks>Source: Davari and Belilovsky 2024, arXiv:2312.06795. The paper cuts row by row, mergekit, and so this, over the tensor.</remarks>
static class BreadcrumbsTrim
{
    /// <summary>Share of the largest elements that is dropped.</summary>
    public static readonly Parameter Gamma = new("gamma", 0.01, Min: 0, Max: 1, PerModel: true);

    /// <summary>What is kept of a task vector is scaled to the L1 norm of the whole.</summary>
    public static readonly Parameter Rescale = new("rescale", 0, Kind: ParameterKind.Boolean);

    /// <summary>Ours: what becomes of a tensor that is too small to have outliers. mergekit erases its task vector.</summary>
    public static readonly Parameter WithoutOutliers = new("without_outliers", Keep, Kind: ParameterKind.Word) { Words = ["keep", "erase"] };

    public static readonly PlanCheck NoOutliers = new(Gamma, (shape, value) => IsWithoutOutliers(shape, value) && value(WithoutOutliers) == Keep, Errors.NoOutliers);

    const int Keep = 0;

    public static LazyTensor Trim(MergeInputs inputs, ModelInput model)
    {
        var vector = model.TaskVector;
        if (model[Density] >= 1) return vector;
        var (kept, outliers) = Counts(inputs.Shape, model[Density], model[Gamma]);
        if (outliers == 0 && inputs[WithoutOutliers] != Keep) return vector.KeepRanks(0, 0);
        var trimmed = vector.KeepRanks(outliers, outliers + kept);
        return inputs.Is(Rescale) ? trimmed.RescaledToL1NormOf(vector) : trimmed;
    }

    static bool IsWithoutOutliers(TensorShape shape, Func<Parameter, double> value) =>
        value(Density) < 1 && Counts(shape, value(Density), value(Gamma)) is { Kept: > 0, Outliers: 0 };

    /// <summary>How many elements are kept, and how many larger ones are not: fewer than gamma says where the two exceed the tensor.</summary>
    static (long Kept, long Outliers) Counts(TensorShape shape, double density, double gamma)
    {
        long kept = (long)(density * shape.Count);
        return (kept, Math.Min((long)(gamma * shape.Count), shape.Count - kept));
    }
}
