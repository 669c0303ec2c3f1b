namespace MergeEngine.Expressions.Operations;

sealed record Add : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Add(frame.Operand(0), frame.Operand(1), frame.Result);
}
