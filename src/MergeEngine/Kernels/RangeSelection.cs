using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MergeEngine.Kernels;

/// <summary><see cref="KernelSet.SelectRange"/> without branches: sixteen elements are packed at a time.</summary>
static class RangeSelection
{
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Goes on as long as sixteen more places are free.</summary>
    /// <returns>Elements read, and of them selected.</returns>
    public static (int Read, int Selected) Run(ReadOnlySpan<float> source, uint magnitude, uint low, uint length, Span<uint> destination, ref long above)
    {
        var values = MemoryMarshal.Cast<float, Vector512<uint>>(source);
        Vector512<uint> mask = Vector512.Create(magnitude), lowest = Vector512.Create(low), lengths = Vector512.Create(length), end = Vector512.Create(low + length);
        int i = 0, selected = 0;
        long higher = 0;
        for (; i < values.Length && selected + Vector512<uint>.Count <= destination.Length; i++)
        {
            var pattern = values[i] & mask;
            var offset = pattern - lowest;
            var match = Vector512.LessThan(offset, lengths);
            Avx512F.Compress(Vector512<uint>.Zero, match, offset).CopyTo(destination[selected..]);
            selected += BitOperations.PopCount(match.ExtractMostSignificantBits());
            higher += BitOperations.PopCount(Vector512.GreaterThanOrEqual(pattern, end).ExtractMostSignificantBits());
        }
        above += higher;
        return (i * Vector512<uint>.Count, selected);
    }
}
