using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Methods;

namespace MergeEngine.Planning;

/// <summary>Makes one tensor of the output, or its factors. Complete and valid: execution checks nothing again.</summary>
/// <param name="Name">Name of the output tensor.</param>
/// <param name="Shape">Extents of the output; equal to every source's.</param>
/// <param name="Dtype">Element type of the output.</param>
/// <param name="Method">The merge method; null copies the first source (integer and boolean tensors).</param>
/// <param name="Sources">Inputs in recipe order, the base included where it is a source or an implied one.</param>
/// <param name="Parameters">Resolved method-wide parameters; NaN where an optional one has no value.</param>
public sealed record MergeStep(
    string Name,
    TensorShape Shape,
    Dtype Dtype,
    IMergeMethod? Method,
    IReadOnlyList<StepSource> Sources,
    IReadOnlyDictionary<string, double> Parameters)
{
    /// <summary>How the tensor is written, if not as it is.</summary>
    public Factoring? Factoring { get; init; }

    /// <summary>The tensors that are written, at least one.</summary>
    public IReadOnlyList<StepOutput> Outputs => Factoring?.Outputs(Shape, Dtype) ?? [new StepOutput(Name, Dtype, Shape)];

    /// <summary>The merged numbers, before they are rounded to <see cref="Dtype"/>.</summary>
    internal LazyTensor Express(SourceScope scope) =>
        Method is null ? Sources[0].Tensor.Express(scope) : Method.Merge(new MergeInputs(this, scope));
}
