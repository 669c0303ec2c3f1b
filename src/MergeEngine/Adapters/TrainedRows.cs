using System.Collections.Immutable;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>Other rows in the place of some tokens' (<c>trainable_token_indices</c>).</summary>
/// <param name="Rows">The rows, in the order of <paramref name="Tokens"/>.</param>
/// <param name="Tokens">Rows of the tensor, each once.</param>
sealed record TrainedRows(StoredMatrix Rows, ImmutableArray<int> Tokens) : AdapterEdit
{
    public override IEnumerable<TensorInfo> Stored => [Rows.Info];

    public override long HeldBytes(TensorShape tensor) => Rows.HeldBytes;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) => [$"tokens {string.Join(' ', Tokens)} {Rows.KeyLine(digest)}"];

    public override LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope) =>
        new(scope.Tensors, Replaced(view[1], scope), Part(tensor, view, scope));

    public override TableReader ReaderIn(PlannedTensor tensor, SourceScope scope)
    {
        var (before, replaced) = (tensor.ReaderIn(scope), Replaced(tensor.Shape[1], scope));
        return (read, first, destination) =>
        {
            before(read, first, destination);
            replaced.Replace(first, destination);
        };
    }

    public bool Equals(TrainedRows? other) => other is not null && Rows.Equals(other.Rows) && Tokens.SequenceEqual(other.Tokens);

    public override int GetHashCode() => Rows.GetHashCode();

    ReplaceRows Replaced(long rowLength, SourceScope scope) =>
        new(scope.Hold([Rows]), Rows.Columns, Tokens.Index().ToDictionary(pair => pair.Item, pair => pair.Index), rowLength);
}
