using MergeEngine.Checkpoints;

namespace MergeEngine.Methods;

/// <summary>An entry of the catalogue about the value of a parameter and the tensors that have it.</summary>
/// <param name="position">Where the recipe gives the value, else the model or the method.</param>
/// <param name="value">The value.</param>
/// <param name="tensors">Names of output tensors.</param>
public delegate Diagnostic ParameterFinding(SourcePosition position, double value, IReadOnlyList<string> tensors);

/// <summary>Something that a parameter's value means for a tensor of some shape, or together with other parameters; told when planning.</summary>
/// <param name="Parameter">Whose value is told.</param>
/// <param name="Applies">Asked for each tensor, and for each model if the parameter is per model; gets the shape and the values of all parameters.</param>
/// <param name="Finding">What to tell, once for all tensors.</param>
public sealed record PlanCheck(Parameter Parameter, Func<TensorShape, Func<Parameter, double>, bool> Applies, ParameterFinding Finding);
