namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the values and the numbers that must reach the limit.</summary>
sealed record KeepFrom(LazyNumber Limit) : Operation
{
    public override IEnumerable<Reduction> Needs => Limit.Needs;

    public override void Run(in TileFrame frame) => frame.Kernels.KeepFrom(frame.Operand(0), frame.Operand(1), (float)Limit.Known, frame.Result);
}
