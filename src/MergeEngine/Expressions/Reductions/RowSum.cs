using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>A sum over each row in float64: parts of a row inside one block in 16 lanes (by flat index), parts added in block order.</summary>
abstract class RowSum(params LazyTensor[] operands) : Reduction([.. operands])
{
    PassGeometry geometry = new(0, 1, 1);
    double[][] lanes = [];
    double[] heads = [], tails = [];

    /// <summary>One number per row, once done.</summary>
    internal double[] Rows { get; private set; } = [];

    internal override void Begin(PassGeometry geometry)
    {
        this.geometry = geometry;
        Rows = new double[geometry.Count / Math.Max(1, geometry.RowLength)];
        (heads, tails, lanes) = (new double[geometry.Blocks], new double[geometry.Blocks], new double[geometry.Workers][]);
    }

    internal override void Accumulate(in TileFrame frame)
    {
        var sums = lanes[frame.Worker] ??= new double[KernelSet.Lanes];
        foreach (var part in new RowParts(frame.First, frame.Count, geometry.RowLength))
        {
            Accumulate(frame, part, (int)((frame.First + part.Start) % KernelSet.Lanes), sums);
            long end = frame.First + part.Start + part.Count;
            if (end % geometry.RowLength == 0) EndRow(part.Row, frame.Block, KernelSet.Fold(sums));
        }
    }

    internal override void EndBlock(int block, int worker)
    {
        if (End(block) % geometry.RowLength != 0) tails[block] = KernelSet.Fold(lanes[worker]);
    }

    internal override void End()
    {
        for (int block = 0; block < geometry.Blocks; block++)
        {
            if (StartsInside(block)) Rows[Start(block) / geometry.RowLength] += heads[block];
            if (End(block) % geometry.RowLength != 0) Rows[End(block) / geometry.RowLength] += tails[block];
        }
        (heads, tails, lanes, IsDone) = ([], [], [], true);
    }

    /// <param name="frame">The tile.</param>
    /// <param name="part">A part of a row in it.</param>
    /// <param name="phase">Lane of the part's first element.</param>
    /// <param name="lanes">Where to add.</param>
    private protected abstract void Accumulate(in TileFrame frame, RowPart part, int phase, Span<double> lanes);

    void EndRow(int row, int block, double sum)
    {
        if (row * geometry.RowLength < Start(block)) heads[block] = sum;
        else Rows[row] = sum;
    }

    bool StartsInside(int block) => Start(block) % geometry.RowLength != 0;

    static long Start(int block) => (long)block * PassGeometry.BlockSize;

    long End(int block) => Start(block) + geometry.BlockCount(block);
}
