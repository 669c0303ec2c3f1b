using MergeEngine.Expressions;
using MergeEngine.Methods;

namespace MergeEngine.Planning;

/// <summary>What a planned tensor needs to become an expression.</summary>
/// <param name="Tensors">The merge of one output tensor; all its tensors have one shape.</param>
/// <param name="Draws">Random numbers.</param>
/// <param name="AllowNonFinite">NaN and infinity pass through instead of being errors.</param>
/// <param name="Remarks">Takes what methods find out.</param>
sealed record SourceScope(TensorScope Tensors, RandomDraws Draws, bool AllowNonFinite, MergeRemarks Remarks)
{
    readonly Dictionary<(PlannedTensor, bool), LazyTensor> known = [];

    /// <summary>The scope of a merge inside this one.</summary>
    public SourceScope Of(MergePlan inner) => this with { Draws = PhiloxDraws.Of(inner.Seed), AllowNonFinite = inner.AllowNonFinite };

    /// <summary>The expression of a tensor that several inputs have in them: its reductions run once.</summary>
    public LazyTensor Once(PlannedTensor tensor, Func<LazyTensor> express) =>
        known.TryGetValue((tensor, AllowNonFinite), out LazyTensor? done) ? done : known[(tensor, AllowNonFinite)] = express();
}
