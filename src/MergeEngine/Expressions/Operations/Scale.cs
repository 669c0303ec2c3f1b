namespace MergeEngine.Expressions.Operations;

sealed record Scale(LazyNumber Factor) : Operation
{
    public override IEnumerable<Reduction> Needs => Factor.Needs;

    public override void Run(in TileFrame frame) => frame.Kernels.Scale(frame.Operand(0), (float)Factor.Known, frame.Result);
}
