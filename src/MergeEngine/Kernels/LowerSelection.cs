using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MergeEngine.Kernels;

/// <summary><see cref="KernelSet.SelectLower"/> without branches: sixteen elements are packed at a time.</summary>
static class LowerSelection
{
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Goes on as long as sixteen more places are free.</summary>
    /// <returns>Elements read, and of them selected.</returns>
    public static (int Read, int Selected) Run(ReadOnlySpan<float> source, uint magnitude, uint bucket, Span<ushort> destination)
    {
        var values = MemoryMarshal.Cast<float, Vector512<uint>>(source);
        Vector512<uint> upper = Vector512.Create(magnitude & 0xFFFF0000), wanted = Vector512.Create(bucket << 16);
        int i = 0, count = 0;
        for (; i < values.Length && count + Vector512<uint>.Count <= destination.Length; i++)
        {
            var match = Vector512.Equals(values[i] & upper, wanted);
            var packed = Avx512F.Compress(Vector512<uint>.Zero, match, values[i]);
            Avx512F.ConvertToVector256UInt16(packed).CopyTo(destination[count..]);
            count += BitOperations.PopCount(match.ExtractMostSignificantBits());
        }
        return (i * Vector512<uint>.Count, count);
    }
}
