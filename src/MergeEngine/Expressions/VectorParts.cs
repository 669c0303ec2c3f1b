namespace MergeEngine.Expressions;

/// <summary>Cuts a range of a slab into what it has of each of the slab's vectors.</summary>
/// <param name="Start">First element, counted from the slab's start.</param>
/// <param name="Count">Elements.</param>
/// <param name="Stride">Vectors of the slab: element i belongs to vector i mod Stride.</param>
readonly record struct VectorParts(long Start, int Count, long Stride)
{
    public IEnumerator<VectorPart> GetEnumerator()
    {
        for (int key = 0, i = 0; i < Math.Min(Count, Stride); i++)
        {
            var part = Of((Start + i) % Stride) with { Key = key };
            yield return part;
            key += part.Count;
        }
    }

    public VectorPart Of(long column)
    {
        long first = (column - Start % Stride + Stride) % Stride;
        return new VectorPart(column, (int)Math.Min(first, Count), checked((int)Math.Min(Stride, int.MaxValue)), first >= Count ? 0 : (int)((Count - 1 - first) / Stride) + 1, 0);
    }
}

/// <summary>A part of one vector in a range.</summary>
/// <param name="Column">Number of the vector in its slab.</param>
/// <param name="First">Its first element, counted from the range's start.</param>
/// <param name="Stride">Elements from one to the next.</param>
/// <param name="Count">Its elements.</param>
/// <param name="Key">How many elements the vectors before it have in the range.</param>
readonly record struct VectorPart(long Column, int First, int Stride, int Count, int Key)
{
    public int At(int index) => First + index * Stride;
}
