namespace MergeEngine.Expressions.Operations;

sealed record ScaleColumns(VectorNumbers Factors) : Operation
{
    public override IEnumerable<Reduction> Needs => Factors.Needs;

    public override void Run(in TileFrame frame)
    {
        var source = frame.Operand(0);
        var result = frame.Result;
        float[] factors = Factors.Rounded;
        foreach (var part in new RowParts(frame.First, frame.Count, Factors.Columns))
        {
            int column = (int)((frame.First + part.Start) % Factors.Columns);
            frame.Kernels.Multiply(source.Slice(part.Start, part.Count), factors.AsSpan(column, part.Count), result.Slice(part.Start, part.Count));
        }
    }
}
