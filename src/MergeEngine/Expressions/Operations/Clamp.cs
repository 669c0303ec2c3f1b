namespace MergeEngine.Expressions.Operations;

sealed record Clamp(float Lowest, float Highest) : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Clamp(frame.Operand(0), Lowest, Highest, frame.Result);
}
