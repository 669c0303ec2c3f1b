using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>Finds the k-th largest magnitude exactly, without sorting, and which of its equals stay: those of lowest flat index.</summary>
/// <remarks>
/// Pass 1 counts the upper 15 bits of each magnitude's pattern and so finds the bucket of the k-th. Pass 2 counts the lower 16 bits inside it; each block
/// also keeps its own counts of them, as long as they are few (they are in 16-bit checkpoints, where equal magnitudes are the normal case). Only
/// if some equals must go and a block had too many different values does pass 3 count the equals of each block.
/// </remarks>
sealed class KthMagnitude(LazyTensor tensor, long k) : Reduction(tensor)
{
    const int LowValues = 1 << 16, FewValues = 64;

    enum Phase
    {
        Upper,
        Lower,
        Equals,
    }

    Phase phase = Phase.Upper;
    Worker[] workers = [];
    (ushort Low, int Count)[]?[] blocks = [];
    long[] equalsBefore = [];
    uint bucket;
    long room;

    /// <summary>Bit pattern of the k-th largest magnitude.</summary>
    internal uint Threshold { get; private set; }

    /// <summary>How many elements equal to the threshold may stay in a block and those after it.</summary>
    internal long EqualsThatStay(int block) => equalsBefore.Length == 0 ? long.MaxValue : room - equalsBefore[block];

    internal override void Begin(PassGeometry geometry)
    {
        workers = new Worker[geometry.Workers];
        if (phase == Phase.Lower) blocks = new (ushort, int)[geometry.Blocks][];
        if (phase == Phase.Equals) equalsBefore = new long[geometry.Blocks];
        if (phase == Phase.Upper) room = Math.Min(k, geometry.Count);
    }

    internal override void Accumulate(in TileFrame frame)
    {
        var worker = workers[frame.Worker] ??= new Worker();
        if (phase == Phase.Upper) worker.CountUpper(frame);
        else worker.SelectLower(frame, bucket);
    }

    internal override void EndBlock(int block, int worker)
    {
        var counts = workers[worker];
        switch (phase)
        {
            case Phase.Upper: counts.KeepFromOverflow(PassGeometry.BlockSize); break;
            case Phase.Lower: blocks[block] = counts.CountLower(FewValues); break;
            case Phase.Equals: equalsBefore[block] = counts.CountEqual((ushort)Threshold); break;
        }
    }

    internal override void End()
    {
        switch (phase)
        {
            case Phase.Upper:
                bucket = Find(KernelSet.UpperBuckets);
                phase = Phase.Lower;
                break;
            case Phase.Lower:
                EndLower();
                break;
            case Phase.Equals:
                Finish();
                break;
        }
        workers = [];
    }

    void EndLower()
    {
        var totals = Totals(LowValues);
        uint low = Find(LowValues);
        Threshold = (bucket << 16) | low;
        if (room == totals[low])
        {
            (blocks, IsDone) = ([], true);
            return;
        }
        if (blocks.Any(values => values is null))
        {
            (blocks, phase) = ([], Phase.Equals);
            return;
        }
        equalsBefore = [.. blocks.Select(values => (long)values!.FirstOrDefault(value => value.Low == low).Count)];
        Finish();
    }

    /// <summary>Turns counts per block into counts of all blocks before it.</summary>
    void Finish()
    {
        long before = 0;
        for (int i = 0; i < equalsBefore.Length; i++) (equalsBefore[i], before) = (before, before + equalsBefore[i]);
        (blocks, IsDone) = ([], true);
    }

    /// <summary>Walks down from the largest value to the one that holds the k-th, taking from <see cref="room"/> what lies above.</summary>
    uint Find(int values)
    {
        var totals = Totals(values);
        int value = values - 1;
        for (; totals[value] < room; value--) room -= totals[value];
        return (uint)value;
    }

    long[] Totals(int values)
    {
        var totals = new long[values];
        foreach (var worker in workers.Where(worker => worker is not null)) worker.AddTo(totals);
        return totals;
    }

    /// <summary>Counters of one worker.</summary>
    sealed class Worker
    {
        /// <summary>Two tables of upper halves, or one of lower halves: the same size.</summary>
        readonly uint[] counters = new uint[2 * KernelSet.UpperBuckets];
        long[]? carried;
        long sinceCarry;
        ushort[] selected = [];
        int selectedCount;
        int[] blockCounts = [];

        public void CountUpper(in TileFrame frame) => frame.Kernels.CountUpper(frame.Operand(0), counters);

        public void KeepFromOverflow(int counted)
        {
            if ((sinceCarry += counted) < int.MaxValue) return;
            Carry();
        }

        public void SelectLower(in TileFrame frame, uint bucket)
        {
            if (selected.Length == 0) selected = new ushort[PassGeometry.BlockSize];
            selectedCount += frame.Kernels.SelectLower(frame.Operand(0), bucket, selected.AsSpan(selectedCount));
        }

        /// <returns>The block's values and their counts; null if there are too many different ones.</returns>
        public (ushort, int)[]? CountLower(int few)
        {
            if (blockCounts.Length == 0) blockCounts = new int[LowValues];
            List<ushort> distinct = [];
            foreach (ushort low in TakeSelected())
                if (blockCounts[low]++ == 0) distinct.Add(low);
            var result = distinct.Count <= few ? new (ushort, int)[distinct.Count] : null;
            for (int i = 0; i < distinct.Count; i++)
            {
                ushort low = distinct[i];
                if (result is not null) result[i] = (low, blockCounts[low]);
                counters[low] += (uint)blockCounts[low];
                blockCounts[low] = 0;
            }
            KeepFromOverflow(PassGeometry.BlockSize);
            return result;
        }

        public long CountEqual(ushort low) => TakeSelected().Count(low);

        public void AddTo(long[] totals)
        {
            Carry();
            for (int i = 0; i < carried!.Length; i++) totals[i % totals.Length] += carried[i];
        }

        ReadOnlySpan<ushort> TakeSelected()
        {
            int count = selectedCount;
            selectedCount = 0;
            return selected.AsSpan(0, count);
        }

        void Carry()
        {
            carried ??= new long[counters.Length];
            for (int i = 0; i < counters.Length; i++) carried[i] += counters[i];
            Array.Clear(counters);
            sinceCarry = 0;
        }
    }
}
