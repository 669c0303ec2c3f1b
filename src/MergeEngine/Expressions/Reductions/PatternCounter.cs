namespace MergeEngine.Expressions.Reductions;

/// <summary>One worker's counts of magnitude patterns: all by their upper bits, or those of a range one by one.</summary>
sealed class PatternCounter(int size)
{
    /// <summary>Counts of one block, zero between blocks; shared by all counters of a thread.</summary>
    [ThreadStatic]
    static int[]? blockCounts;

    readonly uint[] counts = new uint[size];
    long[]? carried;
    long sinceCarry, above;
    uint[] selected = [];
    int selectedCount;

    /// <summary>Elements above the range.</summary>
    public long Above => above;

    public void CountUpper(in TileFrame frame) => frame.Kernels.CountUpper(frame.Operand(0), counts);

    public void Select(in TileFrame frame, uint low, uint length)
    {
        if (selected.Length == 0) selected = new uint[PassGeometry.BlockSize];
        selectedCount += frame.Kernels.SelectRange(frame.Operand(0), low, length, selected.AsSpan(selectedCount), ref above);
    }

    /// <returns>The block's patterns and their counts; null if there are too many different ones.</returns>
    public (uint, int)[]? CountSelected(int few)
    {
        if ((blockCounts ??= new int[counts.Length]).Length < counts.Length) blockCounts = new int[counts.Length];
        List<uint> distinct = [];
        foreach (uint offset in TakeSelected())
            if (blockCounts[offset]++ == 0) distinct.Add(offset);
        var result = distinct.Count <= few ? new (uint, int)[distinct.Count] : null;
        for (int i = 0; i < distinct.Count; i++)
        {
            uint offset = distinct[i];
            if (result is not null) result[i] = (offset, blockCounts[offset]);
            counts[offset] += (uint)blockCounts[offset];
            blockCounts[offset] = 0;
        }
        return result;
    }

    /// <summary>The block's selected elements, as offsets in the range.</summary>
    public ReadOnlySpan<uint> TakeSelected()
    {
        int count = selectedCount;
        selectedCount = 0;
        return selected.AsSpan(0, count);
    }

    public void KeepFromOverflow(int counted)
    {
        if ((sinceCarry += counted) >= int.MaxValue) Carry();
    }

    /// <summary>Adds the counts to totals; two tables go to the same total.</summary>
    public void AddTo(long[] totals)
    {
        for (int i = 0; i < counts.Length; i++) totals[i % totals.Length] += counts[i] + (carried is null ? 0 : carried[i]);
    }

    void Carry()
    {
        carried ??= new long[counts.Length];
        for (int i = 0; i < counts.Length; i++) carried[i] += counts[i];
        Array.Clear(counts);
        sinceCarry = 0;
    }
}
