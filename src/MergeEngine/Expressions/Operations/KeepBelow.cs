namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the values and the numbers that are compared with the limit.</summary>
sealed record KeepBelow(float Limit) : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.KeepBelow(frame.Operand(0), frame.Operand(1), Limit, frame.Result);
}
