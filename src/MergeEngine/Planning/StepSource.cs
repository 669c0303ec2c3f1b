using MergeEngine.Checkpoints;

namespace MergeEngine.Planning;

/// <summary>One input tensor of a merge step.</summary>
/// <param name="Model">The model's reference as the recipe writes it.</param>
/// <param name="Tensor">What it gives.</param>
/// <param name="IsBase">This model is the recipe's base.</param>
/// <param name="ModelIndex">Position among the recipe's models without the base, in recipe order; names the model's random stream. -1 for the base.</param>
/// <param name="Parameters">Resolved per-model parameters of the method; NaN where an optional one has no value.</param>
public sealed record StepSource(
    string Model, PlannedTensor Tensor, bool IsBase, int ModelIndex, IReadOnlyDictionary<string, double> Parameters)
{
    /// <summary>A tensor as a checkpoint holds it.</summary>
    /// <param name="view">The part that is used: the tensor's shape, or smaller extents of the same rank.</param>
    public StepSource(string model, TensorInfo tensor, TensorShape view, bool isBase, int modelIndex, IReadOnlyDictionary<string, double> parameters)
        : this(model, new StoredTensor(model, tensor, view), isBase, modelIndex, parameters) { }
}
