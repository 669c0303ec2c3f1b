namespace MergeEngine.Expressions.Operations;

sealed record Divide : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Divide(frame.Operand(0), frame.Operand(1), frame.Result);
}
