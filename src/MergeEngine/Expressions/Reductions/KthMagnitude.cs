using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>Finds the k-th largest magnitude exactly, without sorting, and which of its equals stay: those of lowest flat index.</summary>
/// <remarks>
/// Magnitudes are compared by their bit patterns. A small sample says in which range of patterns the k-th surely lies; one pass counts what lies above the range and
/// each pattern inside it. If the sample misled, a pass that counts the upper 15 bits of all patterns finds the right range. Each block also keeps its
/// own counts as long as its patterns are few (they are in 16-bit checkpoints, where equal magnitudes are the normal case); only if some equals must go
/// and a block had too many, one more pass counts the equals of each block. The result depends on none of this.
/// </remarks>
/// <param name="tensor">What is looked through.</param>
/// <param name="k">From 1 for the largest on.</param>
/// <param name="valueOnly">Which of the equals stay is not asked.</param>
sealed class KthMagnitude(LazyTensor tensor, long k, bool valueOnly = false) : Reduction(tensor)
{
    const int BucketBits = 16, MostBuckets = 4, FewPatterns = 64;
    const double Deviations = 4;

    enum Phase
    {
        Sample,
        Upper,
        Range,
        Equals,
    }

    Phase phase = tensor.Shape.Count >= PassGeometry.SmallestSampled ? Phase.Sample : Phase.Upper;
    PatternCounter?[] counters = [];
    (uint Offset, int Count)[]?[] blocks = [];
    long[] equalsBefore = [];
    uint low, length;
    long count, room;

    internal override bool WantsSample => phase == Phase.Sample;

    /// <summary>Bit pattern of the k-th largest magnitude.</summary>
    internal uint Threshold { get; private set; }

    /// <summary>How many elements equal to the threshold may stay in a block and those after it.</summary>
    internal long EqualsThatStay(int block) => equalsBefore.Length == 0 ? long.MaxValue : room - equalsBefore[block];

    internal override void Begin(PassGeometry geometry)
    {
        count = geometry.Count;
        counters = new PatternCounter[geometry.Workers];
        if (phase == Phase.Range) blocks = new (uint, int)[geometry.Blocks][];
        if (phase == Phase.Equals) equalsBefore = new long[geometry.Blocks];
    }

    internal override void Accumulate(in TileFrame frame)
    {
        bool upper = phase is Phase.Sample or Phase.Upper;
        var counter = counters[frame.Worker] ??= new PatternCounter(upper ? 2 * KernelSet.UpperBuckets : (int)length);
        if (upper) counter.CountUpper(frame);
        else counter.Select(frame, low, length);
    }

    internal override void EndBlock(int block, int worker)
    {
        var counter = counters[worker]!;
        switch (phase)
        {
            case Phase.Range: blocks[block] = counter.CountSelected(FewPatterns); break;
            case Phase.Equals: equalsBefore[block] = counter.TakeSelected().Length; break;
        }
        counter.KeepFromOverflow(PassGeometry.BlockSize);
    }

    internal override void End()
    {
        switch (phase)
        {
            case Phase.Sample: EndSample(); break;
            case Phase.Upper: EndUpper(); break;
            case Phase.Range: EndRange(); break;
            case Phase.Equals: Finish(); break;
        }
        counters = [];
    }

    /// <summary>The k-th is expected between the sample's quantiles a few standard deviations above and below.</summary>
    void EndSample()
    {
        var totals = Totals(KernelSet.UpperBuckets);
        double sampled = totals.Sum(), share = (double)k / count, deviation = Math.Sqrt(share * (1 - share) / sampled);
        int highest = Bucket(totals, (long)((share - Deviations * deviation) * sampled)), lowest = Bucket(totals, (long)((share + Deviations * deviation) * sampled) + 1);
        phase = highest - lowest < MostBuckets ? Phase.Range : Phase.Upper;
        SetRange(lowest, highest - lowest + 1);
    }

    void EndUpper()
    {
        int bucket = Bucket(Totals(KernelSet.UpperBuckets), k);
        phase = Phase.Range;
        SetRange(bucket, 1);
    }

    void EndRange()
    {
        var totals = Totals((int)length);
        long above = counters.Sum(counter => counter?.Above ?? 0);
        if (above >= k || above + totals.Sum() < k)
        {
            (blocks, phase) = ([], Phase.Upper);
            return;
        }
        room = k - above;
        uint offset = length - 1;
        for (; totals[offset] < room; offset--) room -= totals[offset];
        Threshold = low + offset;
        bool allStay = valueOnly || room == totals[offset], known = allStay || blocks.All(patterns => patterns is not null);
        if (known && !allStay) equalsBefore = [.. blocks.Select(patterns => (long)patterns!.FirstOrDefault(pattern => pattern.Offset == offset).Count)];
        blocks = [];
        if (known) Finish();
        else (phase, low, length) = (Phase.Equals, Threshold, 1);
    }

    /// <summary>Turns counts per block into counts of all blocks before it.</summary>
    void Finish()
    {
        long before = 0;
        for (int i = 0; i < equalsBefore.Length; i++) (equalsBefore[i], before) = (before, before + equalsBefore[i]);
        IsDone = true;
    }

    void SetRange(int bucket, int buckets) => (low, length) = ((uint)bucket << BucketBits, (uint)buckets << BucketBits);

    /// <returns>The bucket that holds the element of this rank, counted from the largest.</returns>
    static int Bucket(long[] totals, long rank)
    {
        int bucket = totals.Length - 1;
        for (; bucket > 0 && totals[bucket] < rank; bucket--) rank -= totals[bucket];
        return bucket;
    }

    long[] Totals(int patterns)
    {
        var totals = new long[patterns];
        foreach (var counter in counters) counter?.AddTo(totals);
        return totals;
    }
}
