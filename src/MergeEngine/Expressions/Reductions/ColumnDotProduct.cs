namespace MergeEngine.Expressions.Reductions;

/// <summary>The dot product of each column (along the first axis), in float64: blocks are grouped into bands, a band adds its elements in flat order, bands are added in order.</summary>
/// <remarks>Bands are few, and fewer the more columns there are, so that their sums stay small beside the tensor.</remarks>
sealed class ColumnDotProduct(LazyTensor left, LazyTensor right) : Reduction(left, right)
{
    const long MostBands = 16, MostSums = 1 << 20;

    readonly long columns = left.Scope.Columns;
    double[][] bands = [];
    int blocksPerBand;

    /// <summary>One number per column, once done.</summary>
    internal double[] Columns { get; private set; } = [];

    /// <summary>Bytes that are held while a pass runs.</summary>
    internal static long HeldBytes(long columns) => Math.Clamp(MostSums / Math.Max(1, columns), 1, MostBands) * columns * sizeof(double);

    internal override int BlocksInOrder(PassGeometry geometry)
    {
        long count = Math.Clamp(MostSums / Math.Max(1, columns), 1, MostBands);
        return Math.Max(1, (int)((geometry.Blocks + count - 1) / count));
    }

    internal override void Begin(PassGeometry geometry)
    {
        blocksPerBand = BlocksInOrder(geometry);
        bands = new double[(geometry.Blocks + blocksPerBand - 1) / blocksPerBand][];
    }

    internal override void Accumulate(in TileFrame frame)
    {
        double[] sums = bands[frame.Block / blocksPerBand] ??= new double[columns];
        foreach (var part in new RowParts(frame.First, frame.Count, columns))
        {
            int column = (int)((frame.First + part.Start) % columns);
            frame.Kernels.AddProducts(frame.Operand(0).Slice(part.Start, part.Count), frame.Operand(1).Slice(part.Start, part.Count), sums.AsSpan(column, part.Count));
        }
    }

    internal override void EndBlock(int block, int worker) { }

    internal override void End()
    {
        Columns = new double[columns];
        foreach (double[] sums in bands)
            for (int i = 0; i < sums.Length; i++) Columns[i] += sums[i];
        (bands, IsDone) = ([], true);
    }
}
