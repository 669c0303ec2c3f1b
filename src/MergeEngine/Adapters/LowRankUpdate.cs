using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Kernels;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>W + scale · R · C: the update of LoRA. Axes after the first count as columns.</summary>
/// <remarks>A tensor of several experts has a pair of factors for each; its rows are the experts' rows, one expert after the other.
/// Source: Hu et al. 2021, arXiv:2106.09685, equation 3; the scale of rsLoRA: arXiv:2312.03732.</remarks>
/// <param name="Pairs">One pair, or one for each expert: R has a row for each row of the tensor, C a column for each column.</param>
/// <param name="Scale">Factor of the product.</param>
sealed record LowRankUpdate(IReadOnlyList<FactorPair> Pairs, float Scale) : AdapterEdit
{
    /// <summary>Elements that are computed at a time where rows are taken one by one.</summary>
    const int PieceCount = 1 << 10;

    public override IEnumerable<TensorInfo> Stored => Pairs.SelectMany(pair => new[] { pair.Rows.Info, pair.Columns.Info }).Distinct();

    public override long HeldBytes(TensorShape tensor) => Pairs.Sum(pair => pair.Rows.HeldBytes + pair.Columns.HeldBytes);

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
    [
        FormattableString.Invariant($"low rank {Scale:R}"),
        .. Pairs.SelectMany(pair => new[] { $"rows {pair.Rows.KeyLine(digest)}", $"columns {pair.Columns.KeyLine(digest)}" }),
    ];

    public override LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope) =>
        Part(tensor, view, scope) + new LazyTensor(scope.Tensors, Product(view, scope));

    public override TableReader ReaderIn(PlannedTensor tensor, SourceScope scope)
    {
        var (before, product) = (tensor.ReaderIn(scope), Product(tensor.Shape, scope));
        return (read, first, destination) =>
        {
            before(read, first, destination);
            Span<float> piece = stackalloc float[PieceCount];
            for (; !destination.IsEmpty; first += PieceCount)
            {
                Span<float> part = destination[..Math.Min(PieceCount, destination.Length)];
                product.Fill(KernelSet.All[^1], first, piece[..part.Length]);
                KernelSet.All[^1].Add(part, piece[..part.Length], part);
                destination = destination[part.Length..];
            }
        };
    }

    public bool Equals(LowRankUpdate? other) => other is not null && Scale == other.Scale && Pairs.SequenceEqual(other.Pairs);

    public override int GetHashCode() => Pairs[0].GetHashCode();

    LowRank Product(TensorShape view, SourceScope scope)
    {
        FactorPair first = Pairs[0];
        float[] rows = scope.Hold([.. Pairs.Select(pair => pair.Rows)]), columns = scope.Hold([.. Pairs.Select(pair => pair.Columns)]);
        long rowLength = view.Rank <= 2 ? view[view.Rank - 1] : first.Columns.Columns;
        return new LowRank(rows, columns, first.Columns.Rows, first.Columns.Columns, first.Rows.Rows, Scale, rowLength);
    }
}
