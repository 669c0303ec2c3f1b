using System.Runtime.InteropServices;

namespace MergeEngine.Expressions.Operations;

/// <summary>Where each magnitude stands in its vector: 0 for the smallest, 1 for the largest, evenly between. Equals: the lower index counts as the larger. Alone: 1/2.</summary>
/// <remarks>
/// A range of the tensor is ranked by sorting what it has of each vector. Where a vector goes on outside of the range, the rest is read in pieces, and what is smaller in
/// a piece is added to the ranks. So a vector of any length is ranked in the memory of a range, and the result does not depend on the ranges.
/// </remarks>
/// <param name="Operand">What is ranked.</param>
/// <param name="Length">Elements of a vector.</param>
/// <param name="Stride">Elements from one of a vector to the next; vectors side by side fill slabs of Length · Stride elements.</param>
sealed record VectorRanks(LazyTensor Operand, long Length, long Stride) : VectorLeaf(Operand)
{
    const uint Magnitude = 0x7FFFFFFF;

    long Slab => Length * Stride;

    public override void Fetch(OperandReading read, long first, Span<float> destination, VectorScratch scratch)
    {
        scratch.Reserve(destination.Length);
        var ranks = MemoryMarshal.Cast<float, int>(destination);
        read(first, scratch.Values[..destination.Length]);
        foreach (var (start, count) in Slabs(first, ranks.Length)) SortOwn(first + start, scratch.Values.Span.Slice(start, count), ranks.Slice(start, count), scratch.Keys.Slice(start, count));
        foreach (var (start, count) in Slabs(first, ranks.Length))
        {
            long own = first + start, slab = own / Slab * Slab;
            AddSmaller(read, own, ranks.Slice(start, count), slab, own, scratch, scratch.Keys.Slice(start, count));
            AddSmaller(read, own, ranks.Slice(start, count), own + count, slab + Slab, scratch, scratch.Keys.Slice(start, count));
        }
        for (int i = 0; i < ranks.Length; i++) destination[i] = Length == 1 ? 0.5f : (float)(ranks[i] / (double)(Length - 1));
    }

    /// <summary>What a range has of each slab: start in the range, and elements.</summary>
    IEnumerable<(int Start, int Count)> Slabs(long first, int length)
    {
        for (int start = 0, count; start < length; start += count)
        {
            count = (int)Math.Min(length - start, Slab - (first + start) % Slab);
            yield return (start, count);
        }
    }

    /// <summary>Ranks each vector's own elements of a part of a slab; leaves their sorted keys, vector after vector.</summary>
    void SortOwn(long start, ReadOnlySpan<float> values, Span<int> ranks, Span<ulong> keys)
    {
        foreach (var part in Parts(start, values.Length))
        {
            var sorted = keys.Slice(part.Key, part.Count);
            for (int i = 0; i < sorted.Length; i++) sorted[i] = (ulong)Pattern(values[part.At(i)]) << 32 | ~(uint)i;
            sorted.Sort();
            for (int rank = 0; rank < sorted.Length; rank++) ranks[part.At((int)~(uint)sorted[rank])] = rank;
        }
    }

    /// <summary>Adds to the ranks how many elements of a range of the same slab are smaller; before the own ones equals are not, after them they are.</summary>
    void AddSmaller(OperandReading read, long ownStart, Span<int> ranks, long from, long to, VectorScratch scratch, ReadOnlySpan<ulong> keys)
    {
        int room = scratch.Values.Length;
        for (long start = from; start < to; start += room)
        {
            int count = (int)Math.Min(room, to - start);
            read(start, scratch.Values[..count]);
            var others = Parts(start, count);
            foreach (var part in Parts(ownStart, ranks.Length))
            {
                var sorted = Sorted(others.Of(part.Column), scratch);
                Merge(keys.Slice(part.Key, part.Count), sorted, start > ownStart, part, ranks);
            }
        }
    }

    static ReadOnlySpan<uint> Sorted(in VectorPart part, VectorScratch scratch)
    {
        var values = scratch.Values.Span;
        var patterns = scratch.Patterns[..part.Count];
        for (int i = 0; i < patterns.Length; i++) patterns[i] = Pattern(values[part.At(i)]);
        patterns.Sort();
        return patterns;
    }

    static void Merge(ReadOnlySpan<ulong> own, ReadOnlySpan<uint> others, bool countEquals, in VectorPart part, Span<int> ranks)
    {
        int smaller = 0;
        foreach (ulong key in own)
        {
            uint pattern = (uint)(key >> 32);
            while (smaller < others.Length && (others[smaller] < pattern || countEquals && others[smaller] == pattern)) smaller++;
            ref int rank = ref ranks[part.At((int)~(uint)key)];
            rank = checked(rank + smaller);
        }
    }

    VectorParts Parts(long start, int count) => new(start % Slab, count, Stride);

    static uint Pattern(float value) => BitConverter.SingleToUInt32Bits(value) & Magnitude;
}
