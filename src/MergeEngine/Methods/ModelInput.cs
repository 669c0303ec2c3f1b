using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Methods;

/// <summary>One model's tensor as a method sees it.</summary>
public sealed class ModelInput
{
    readonly MergeInputs inputs;
    readonly StepSource source;

    internal ModelInput(MergeInputs inputs, StepSource source, LazyTensor tensor) => (this.inputs, this.source, Tensor) = (inputs, source, tensor);

    public LazyTensor Tensor { get; }

    /// <summary>Model − base (τ).</summary>
    public LazyTensor TaskVector => Tensor - inputs.Base;

    /// <summary>This model's value of a parameter; NaN for an optional one without a value.</summary>
    public double this[Parameter parameter] => source.Parameters[parameter.Name];

    /// <summary>A uniform number in [0, 1) per element, from the stream of this model and purpose.</summary>
    public LazyTensor Uniform(string purpose) => inputs.Uniform(source, purpose);
}
