namespace MergeEngine.Expressions.Operations;

sealed record DivideUnlessZero : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.DivideUnlessZero(frame.Operand(0), frame.Operand(1), frame.Result);
}
