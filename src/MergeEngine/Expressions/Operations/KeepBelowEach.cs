namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the values, the numbers that are compared, and a limit for each.</summary>
sealed record KeepBelowEach : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.KeepBelowEach(frame.Operand(0), frame.Operand(1), frame.Operand(2), frame.Result);
}
