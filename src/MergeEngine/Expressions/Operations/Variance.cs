namespace MergeEngine.Expressions.Operations;

sealed record Variance : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Variance(frame.Operands, frame.Result);
}
