namespace MergeEngine.Expressions.Reductions;

sealed class RowDotProduct(LazyTensor left, LazyTensor right) : RowSum(left, right)
{
    private protected override void Accumulate(in TileFrame frame, RowPart part, int phase, Span<double> lanes) =>
        frame.Kernels.AccumulateDot(frame.Operand(0).Slice(part.Start, part.Count), frame.Operand(1).Slice(part.Start, part.Count), phase, lanes);
}
