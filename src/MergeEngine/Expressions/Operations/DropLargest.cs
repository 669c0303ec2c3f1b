using MergeEngine.Expressions.Reductions;

namespace MergeEngine.Expressions.Operations;

/// <summary>Drops what exceeds the k-th magnitude and, in flat order, as many of its equals as belong to the k largest.</summary>
sealed record DropLargest(KthMagnitude Kth) : Operation
{
    public override IEnumerable<Reduction> Needs => [Kth];

    public override bool CountsWithinBlock => true;

    public override void Run(in TileFrame frame)
    {
        long allowed = Kth.EqualsThatStay(frame.Block) - frame.Carry[0];
        frame.Carry[0] += frame.Kernels.DropLargest(frame.Operand(0), Kth.Threshold, allowed, frame.Result);
    }
}
