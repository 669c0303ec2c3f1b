namespace MergeEngine.LinearAlgebra;

/// <summary>A matrix does not allow what was asked.</summary>
/// <param name="message">What failed, with a small letter and without a full stop: it ends a sentence that names the tensor.</param>
public sealed class LinearAlgebraException(string message) : Exception(message);
