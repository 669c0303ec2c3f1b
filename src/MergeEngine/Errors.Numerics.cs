using MergeEngine.Checkpoints;

namespace MergeEngine;

public static partial class Errors
{
    /// <summary>MRG0304: NaN or infinity in an input.</summary>
    public static Diagnostic NonFinite(TensorInfo tensor, string model, long index, float value) =>
        Error("MRG0304", new(tensor.File), $"Tensor '{tensor.Name}' of model '{model}' holds {value} at element {index} of {tensor.Shape}; "
            + "every element must be finite. Repair the checkpoint, or write 'allow_nonfinite: true' in the recipe to let such values through.");

    /// <summary>MRG0305: the memory budget is too small for a tensor.</summary>
    public static Diagnostic BudgetTooSmall(SourcePosition recipe, string tensor, long budget, long needed) =>
        Error("MRG0305", recipe, $"The memory budget of {budget} bytes is too small for tensor '{tensor}', which needs {needed} bytes. Raise MergeMemoryBudget.");
}
