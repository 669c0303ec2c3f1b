using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>What a method sees of one tensor: the base, the models and the resolved parameters.</summary>
public sealed class MergeInputs
{
}
