namespace MergeEngine.Expressions.Operations;

sealed record ScaleRows(VectorNumbers Factors) : Operation
{
    public override IEnumerable<Reduction> Needs => Factors.Needs;

    public override void Run(in TileFrame frame)
    {
        var source = frame.Operand(0);
        var result = frame.Result;
        double[] factors = Factors.Known;
        foreach (var part in new RowParts(frame.First, frame.Count, Factors.RowLength))
            frame.Kernels.Scale(source.Slice(part.Start, part.Count), (float)factors[part.Row], result.Slice(part.Start, part.Count));
    }
}
