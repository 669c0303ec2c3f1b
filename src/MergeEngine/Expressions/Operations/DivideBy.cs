namespace MergeEngine.Expressions.Operations;

sealed record DivideBy(LazyNumber Divisor) : Operation
{
    public override IEnumerable<Reduction> Needs => Divisor.Needs;

    public override void Run(in TileFrame frame) => frame.Kernels.DivideByScalar(frame.Operand(0), (float)Divisor.Known, frame.Result);
}
