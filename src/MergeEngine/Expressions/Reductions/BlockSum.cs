using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>A sum in float64: 16 lanes inside a block, folded at its end; block sums added in index order.</summary>
abstract class BlockSum(params LazyTensor[] operands) : Reduction([.. operands])
{
    double[] blockSums = [];
    double[][] lanes = [];

    /// <summary>The sum, once done.</summary>
    internal double Sum { get; private set; }

    internal override void Begin(PassGeometry geometry)
    {
        blockSums = new double[geometry.Blocks];
        lanes = new double[geometry.Workers][];
    }

    internal override void Accumulate(in TileFrame frame) => Accumulate(frame, lanes[frame.Worker] ??= new double[KernelSet.Lanes]);

    internal override void EndBlock(int block, int worker) => blockSums[block] = KernelSet.Fold(lanes[worker]);

    internal override void End()
    {
        foreach (double sum in blockSums) Sum += sum;
        (blockSums, lanes, IsDone) = ([], [], true);
    }

    private protected abstract void Accumulate(in TileFrame frame, Span<double> lanes);
}
