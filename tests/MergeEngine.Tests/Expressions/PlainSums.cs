namespace MergeEngine.Tests.Expressions;

/// <summary>Sums in the documented order, naively: blocks of 64 Ki elements, element i in lane i mod 16, lanes folded in halves, block sums in index order.</summary>
static class PlainSums
{
    const int BlockSize = 65536, LaneCount = 16;

    public static double Of(int count, Func<int, double> term) => Range(0, count, term);

    /// <summary>The same for each row; only what lies in one block shares lanes.</summary>
    public static double[] OfRows(int count, long rowLength, Func<int, double> term) =>
        [.. Enumerable.Range(0, (int)(count / rowLength)).Select(row => Range((int)(row * rowLength), (int)((row + 1) * rowLength), term))];

    /// <summary>The same for each column: blocks in at most 16 bands (fewer if there would be over a million sums), each added in flat order, bands in order.</summary>
    public static double[] OfColumns(int count, long columns, Func<int, double> term)
    {
        long blocks = (count + BlockSize - 1) / BlockSize, bands = Math.Clamp((1 << 20) / Math.Max(1, columns), 1, 16), elements = Math.Max(1, (blocks + bands - 1) / bands) * BlockSize;
        double[] sums = new double[columns];
        for (long start = 0; start < count; start += elements)
        {
            double[] band = new double[columns];
            for (int i = (int)start; i < Math.Min(count, start + elements); i++) band[i % columns] += term(i);
            for (int column = 0; column < columns; column++) sums[column] += band[column];
        }
        return sums;
    }

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
