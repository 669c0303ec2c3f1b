using MergeEngine.Checkpoints;
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
    Dictionary<(PlannedTensor, bool), LazyTensor> Known { get; init; } = [];

    /// <summary>The scope of a merge inside this one.</summary>
    public SourceScope Of(MergePlan inner) => this with { Draws = PhiloxDraws.Of(inner.Seed), AllowNonFinite = inner.AllowNonFinite };

    /// <summary>The expression of a tensor that several inputs have in them: its reductions run once.</summary>
    public LazyTensor Once(PlannedTensor tensor, Func<LazyTensor> express) =>
        Known.TryGetValue((tensor, AllowNonFinite), out LazyTensor? done) ? done : Known[(tensor, AllowNonFinite)] = express();

    /// <summary>Reads matrices whole, row by row, one after the other; they stay in memory until the step is done. Its planned tensor counts them in <see cref="PlannedTensor.HeldBytes"/>.</summary>
    public Func<StoredMatrix[], float[]> Hold { get; init; } = _ => throw new InvalidOperationException("There is nothing to read from.");

    /// <summary>Gives tensors of another shape passes of their own.</summary>
    public Func<TensorShape, TensorScope> Scopes { get; init; } = _ => throw new InvalidOperationException("There is nothing to read from.");

    public SourceScope For(TensorShape shape) => this with { Tensors = Scopes(shape), Known = [] };
}
