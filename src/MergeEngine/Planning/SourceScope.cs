using MergeEngine.Expressions;
using MergeEngine.Methods;

namespace MergeEngine.Planning;

/// <summary>What a planned tensor needs to become an expression.</summary>
/// <param name="Tensors">The merge of one output tensor; all its tensors have one shape.</param>
/// <param name="Draws">Random numbers.</param>
/// <param name="AllowNonFinite">NaN and infinity pass through instead of being errors.</param>
sealed record SourceScope(TensorScope Tensors, RandomDraws Draws, bool AllowNonFinite);
