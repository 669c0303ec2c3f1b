namespace MergeEngine.Expressions.Reductions;

/// <summary>The largest element of each row; −∞ for a row without elements. No order matters.</summary>
sealed class RowMaximum(LazyTensor tensor) : Reduction(tensor)
{
    long rowLength;

    /// <summary>One number per row, once done.</summary>
    internal double[] Rows { get; private set; } = [];

    internal override void Begin(PassGeometry geometry)
    {
        rowLength = geometry.RowLength;
        Rows = new double[geometry.Count / Math.Max(1, rowLength)];
        Array.Fill(Rows, double.NegativeInfinity);
    }

    internal override void Accumulate(in TileFrame frame)
    {
        foreach (var part in new RowParts(frame.First, frame.Count, rowLength))
        {
            double highest = double.NegativeInfinity;
            foreach (float value in frame.Operand(0).Slice(part.Start, part.Count)) highest = Math.Max(highest, value);
            lock (Rows) Rows[part.Row] = Math.Max(Rows[part.Row], highest);
        }
    }

    internal override void EndBlock(int block, int worker) { }

    internal override void End() => IsDone = true;
}
