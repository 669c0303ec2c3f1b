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

    /// <summary>MRG0305: the memory budget is too small for a tensor.</summary>
    public static Diagnostic BudgetTooSmall(SourcePosition recipe, string tensor, long budget, long needed) =>
        Error("MRG0305", recipe, $"The memory budget of {budget} bytes is too small for tensor '{tensor}', which needs {needed} bytes. Raise MergeMemoryBudget.");
}
