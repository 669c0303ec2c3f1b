namespace MergeEngine.Tests.Expressions;

/// <summary>Sums in the documented order, naively: blocks of 64 Ki elements, element i in lane i mod 16, lanes folded in halves, block sums in index order.</summary>
static class PlainSums
{
    const int BlockSize = 65536, LaneCount = 16;

    public static double Of(int count, Func<int, double> term) => Range(0, count, term);

    /// <summary>The same for each row; only what lies in one block shares lanes.</summary>
    public static double[] OfRows(int count, long rowLength, Func<int, double> term) =>
        [.. Enumerable.Range(0, (int)(count / rowLength)).Select(row => Range((int)(row * rowLength), (int)((row + 1) * rowLength), term))];

    static double Range(int start, int end, Func<int, double> term)
    {
        double sum = 0;
        while (start < end)
        {
            int blockEnd = Math.Min(end, (start / BlockSize + 1) * BlockSize);
            sum += Block(start, blockEnd, term);
            start = blockEnd;
        }
        return sum;
    }

    static double Block(int start, int end, Func<int, double> term)
    {
        double[] lanes = new double[LaneCount];
        for (int i = start; i < end; i++) lanes[i % LaneCount] += term(i);
        while (lanes.Length > 1) lanes = [.. lanes[..(lanes.Length / 2)].Zip(lanes[(lanes.Length / 2)..], (low, high) => low + high)];
        return lanes[0];
    }
}
