namespace MergeEngine.Expressions.Operations;

sealed record Absolute : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Absolute(frame.Operand(0), frame.Result);
}
