namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the values and the numbers that must not be zero.</summary>
sealed record KeepWhere : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.KeepWhere(frame.Operand(0), frame.Operand(1), frame.Result);
}
