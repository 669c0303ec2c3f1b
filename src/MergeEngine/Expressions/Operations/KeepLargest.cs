using MergeEngine.Expressions.Reductions;

namespace MergeEngine.Expressions.Operations;

/// <summary>Keeps what exceeds the k-th magnitude and, in flat order, as many of its equals as there is room for.</summary>
sealed record KeepLargest(KthMagnitude Kth) : Operation
{
    public override IEnumerable<Reduction> Needs => [Kth];

    public override bool CountsWithinBlock => true;

    public override void Run(in TileFrame frame)
    {
        long allowed = Kth.EqualsThatStay(frame.Block) - frame.Carry[0];
        frame.Carry[0] += frame.Kernels.KeepLargest(frame.Operand(0), Kth.Threshold, allowed, frame.Result);
    }
}
