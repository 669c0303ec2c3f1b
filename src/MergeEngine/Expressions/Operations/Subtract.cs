namespace MergeEngine.Expressions.Operations;

sealed record Subtract : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Subtract(frame.Operand(0), frame.Operand(1), frame.Result);
}
