using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Operations;

/// <summary>Elements of scale · rows · columns, a product of two held matrices; the tensor's rows may be cut into groups with a right matrix each.</summary>
/// <param name="Rows">The left matrix, one row of <paramref name="Rank"/> numbers for each row of the tensor.</param>
/// <param name="Columns">The right matrices, one after the other, each of <paramref name="Rank"/> rows of <paramref name="Stride"/> numbers.</param>
/// <param name="Rank">Rank of the product.</param>
/// <param name="Stride">Columns of the product.</param>
/// <param name="GroupRows">Rows of the tensor that share a right matrix.</param>
/// <param name="Scale">Factor of every element.</param>
/// <param name="RowLength">Columns that are wanted: all, or the leading ones.</param>
sealed record LowRank(float[] Rows, float[] Columns, int Rank, int Stride, int GroupRows, float Scale, long RowLength) : Operation
{
    public override void Run(in TileFrame frame) => Fill(frame.Kernels, frame.First, frame.Result);

    /// <summary>The elements from a flat index on.</summary>
    public void Fill(KernelSet kernels, long first, Span<float> destination)
    {
        foreach (var part in new RowParts(first, destination.Length, RowLength))
        {
            int column = (int)((first + part.Start) % RowLength);
            kernels.LowRank(
                Rows.AsSpan(part.Row * Rank, Rank), Columns.AsSpan(part.Row / GroupRows * Rank * Stride + column), Stride, Scale, destination.Slice(part.Start, part.Count));
        }
    }
}
