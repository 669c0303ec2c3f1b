namespace MergeEngine.Expressions.Reductions;

/// <summary>For each of some tensors: at how many elements its magnitude alone exceeds the smallest, and at how many others' do too.</summary>
sealed class OverlapCount(IReadOnlyList<LazyTensor> tensors, float smallest) : Reduction([.. tensors])
{
    readonly long[] alone = new long[tensors.Count], shared = new long[tensors.Count];

    internal long Alone(int tensor) => alone[tensor];

    internal long Shared(int tensor) => shared[tensor];

    internal override void Begin(PassGeometry geometry) { }

    internal override void Accumulate(in TileFrame frame)
    {
        Span<int> aloneHere = stackalloc int[tensors.Count], sharedHere = stackalloc int[tensors.Count];
        aloneHere.Clear();
        sharedHere.Clear();
        frame.Kernels.CountOverlaps(frame.Operands, smallest, aloneHere, sharedHere);
        for (int t = 0; t < tensors.Count; t++)
        {
            Interlocked.Add(ref alone[t], aloneHere[t]);
            Interlocked.Add(ref shared[t], sharedHere[t]);
        }
    }

    internal override void EndBlock(int block, int worker) { }

    internal override void End() => IsDone = true;
}
