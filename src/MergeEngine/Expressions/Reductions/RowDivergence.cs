using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>Σ p ln(p / q) of each row, p and q the row's softmax in two tensors plus a floor.</summary>
sealed class RowDivergence(LazyTensor left, RowExponentialSum leftSums, LazyTensor right, RowExponentialSum rightSums, double floor) : RowSum(left, right)
{
    internal override IEnumerable<Reduction> Needs => [leftSums, rightSums];

    private protected override void Accumulate(in TileFrame frame, RowPart part, int phase, Span<double> lanes)
    {
        var x = frame.Operand(0).Slice(part.Start, part.Count);
        var y = frame.Operand(1).Slice(part.Start, part.Count);
        for (int i = 0; i < x.Length; i++)
        {
            double p = Share(leftSums, x[i], part.Row), q = Share(rightSums, y[i], part.Row);
            lanes[(i + phase) % KernelSet.Lanes] += p * Elementary.Log(p / q);
        }
    }

    double Share(RowExponentialSum sums, float value, int row) => sums.Term(value, row) / sums.Rows[row] + floor;
}
