using MergeEngine.Checkpoints;

namespace MergeEngine;

public static partial class Errors
{
    /// <summary>NaN or infinity in a file.</summary>
    public static Diagnostic NonFinite(TensorInfo tensor, string model, long index, float value) =>
        NonFinite(new(tensor.File), tensor.Name, tensor.Shape, model, index, value);

    /// <summary>MRG0304: NaN or infinity in an input.</summary>
    public static Diagnostic NonFinite(SourcePosition place, string tensor, TensorShape shape, string model, long index, float value) =>
        Error("MRG0304", place, $"Tensor '{tensor}' of model '{model}' holds {value} at element {index} of {shape}; "
            + "every element must be finite. Repair the checkpoint, or write 'allow_nonfinite: true' in the recipe to let such values through.");

    /// <summary>MRG0306: the directions of the models cancel, so there is no mean of them.</summary>
    public static Diagnostic DirectionsCancel(SourcePosition recipe, IReadOnlyList<string> tensors) =>
        Error("MRG0306", recipe, $"the weighted directions of the models cancel out in {Few(tensors)}, so they have no mean direction. Change a weight, or use 'linear' for {(tensors.Count == 1 ? "it" : "them")}.");

    /// <summary>MRG0307: a warning, because mergekit says nothing. Usual for light fine-tunes.</summary>
    public static Diagnostic MeanSquaresBelowFloor(SourcePosition recipe, IReadOnlyList<string> tensors) =>
        Warning("MRG0307", recipe, $"the mean squares of the task vectors sum to less than 'degenerate_eps' in {Few(tensors)}, so all models have equal weights there, as in mergekit."
            + " To weigh them by their squares however small, write 'degenerate_eps: 0' under 'parameters'.");

    /// <summary>MRG0305: the memory budget is too small for a tensor.</summary>
    public static Diagnostic BudgetTooSmall(SourcePosition recipe, string tensor, long budget, long needed) =>
        Error("MRG0305", recipe, $"The memory budget of {budget} bytes is too small for tensor '{tensor}', which needs {needed} bytes. Raise MergeMemoryBudget.");
}
