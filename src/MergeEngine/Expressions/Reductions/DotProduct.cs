namespace MergeEngine.Expressions.Reductions;

sealed class DotProduct(LazyTensor left, LazyTensor right) : BlockSum(left, right)
{
    private protected override void Accumulate(in TileFrame frame, Span<double> lanes) =>
        frame.Kernels.AccumulateDot(frame.Operand(0), frame.Operand(1), 0, lanes);
}
