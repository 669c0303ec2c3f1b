namespace MergeEngine.Expressions.Operations;

sealed record SignOfSum : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.SignOfSum(frame.Operands, frame.Result);
}
