namespace MergeEngine.Expressions.Reductions;

/// <summary>How many elements are not zero.</summary>
sealed class NonzeroCount(LazyTensor tensor) : Reduction(tensor)
{
    long count;

    /// <summary>The count, once done.</summary>
    internal long Count => count;

    internal override void Begin(PassGeometry geometry) { }

    internal override void Accumulate(in TileFrame frame)
    {
        int found = 0;
        foreach (float value in frame.Operand(0)) found += value != 0 ? 1 : 0;
        Interlocked.Add(ref count, found);
    }

    internal override void EndBlock(int block, int worker) { }

    internal override void End() => IsDone = true;
}
