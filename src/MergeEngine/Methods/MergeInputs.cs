using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Methods;

/// <summary>What a method sees of one tensor: the base, the models and the resolved parameters.</summary>
public sealed class MergeInputs
{
    readonly MergeStep step;
    readonly SourceScope scope;
    readonly LazyTensor? baseTensor;

    internal MergeInputs(MergeStep step, SourceScope scope)
    {
        (this.step, this.scope) = (step, scope);
        var tensors = step.Sources.ToDictionary(source => source, source => source.Tensor.Express(scope));
        if (step.Sources.FirstOrDefault(source => source.IsBase) is { } baseSource) baseTensor = tensors[baseSource];
        bool baseIsModel = step.Method is { Spec.BaseIsInput: true };
        Models = [.. step.Sources.Where(source => baseIsModel || !source.IsBase).Select(source => new ModelInput(this, source, tensors[source]))];
    }

    /// <summary>The base's tensor.</summary>
    /// <exception cref="InvalidOperationException">The method does not need a base, and there is none.</exception>
    public LazyTensor Base => baseTensor ?? throw new InvalidOperationException($"'{step.Name}' has no base.");

    public bool HasBase => baseTensor is not null;

    /// <summary>The models in recipe order: without the base, unless the method declares it an input.</summary>
    public IReadOnlyList<ModelInput> Models { get; }

    /// <summary>Value of a method-wide parameter; NaN for an optional one without a value.</summary>
    public double this[Parameter parameter] => step.Parameters[parameter.Name];

    public bool Is(Parameter parameter) => this[parameter] != 0;

    /// <summary>The models' values of a parameter, in order.</summary>
    public IReadOnlyList<double> All(Parameter parameter) => Map(model => model[parameter]);

    public IReadOnlyList<T> Map<T>(Func<ModelInput, T> function) => [.. Models.Select(function)];

    /// <summary>Extents of all tensors.</summary>
    public TensorShape Shape => scope.Tensors.Shape;

    /// <summary>Tells the user something about this tensor, once for all tensors that it concerns.</summary>
    public void Tell(Remark remark) => scope.Remarks.Add(remark, step.Name);

    /// <summary>The error that this tensor cannot be merged.</summary>
    public MergeException Refuse(Remark error) => new(error(scope.Remarks.Position, [step.Name]));

    internal LazyTensor Uniform(StepSource source, string purpose) => scope.Draws(scope.Tensors, step, source, purpose);
}

/// <summary>Gives the random numbers of a tensor, a model and a purpose. Tests put recorded draws in their place.</summary>
delegate LazyTensor RandomDraws(TensorScope scope, MergeStep step, StepSource source, string purpose);
