namespace MergeEngine.Expressions;

/// <summary>Cuts a range of a tensor at its rows.</summary>
readonly record struct RowParts(long First, int Count, long RowLength)
{
    public IEnumerator<RowPart> GetEnumerator()
    {
        for (int start = 0; start < Count;)
        {
            long index = First + start, row = index / RowLength;
            int count = (int)Math.Min(Count - start, (row + 1) * RowLength - index);
            yield return new RowPart(checked((int)row), start, count);
            start += count;
        }
    }
}

/// <summary>A part of one row: where it starts in the range, and its elements.</summary>
readonly record struct RowPart(int Row, int Start, int Count);
