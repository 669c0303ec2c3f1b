namespace MergeEngine.LinearAlgebra;

/// <summary>Gives a plan its linear algebra, when one first needs it.</summary>
/// <param name="position">Where the recipe says what needs it.</param>
/// <param name="what">What needs it, for messages.</param>
/// <exception cref="MergeException">MRG0020-MRG0029: there is none.</exception>
public delegate ILinearAlgebra LinearAlgebraSource(SourcePosition position, string what);
