namespace MergeEngine.Expressions.Reductions;

sealed class ElementSum(LazyTensor tensor) : BlockSum(tensor)
{
    private protected override void Accumulate(in TileFrame frame, Span<double> lanes) => frame.Kernels.AccumulateSum(frame.Operand(0), 0, lanes);
}
