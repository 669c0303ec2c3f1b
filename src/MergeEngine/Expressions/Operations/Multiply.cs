namespace MergeEngine.Expressions.Operations;

sealed record Multiply : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Multiply(frame.Operand(0), frame.Operand(1), frame.Result);
}
