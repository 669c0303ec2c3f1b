namespace MergeEngine.Expressions.Reductions;

sealed class MagnitudeSum(LazyTensor tensor) : BlockSum(tensor)
{
    private protected override void Accumulate(in TileFrame frame, Span<double> lanes) => frame.Kernels.AccumulateMagnitude(frame.Operand(0), 0, lanes);
}
