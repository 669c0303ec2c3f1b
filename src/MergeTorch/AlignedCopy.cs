using System.Runtime.InteropServices;

namespace MergeTorch;

/// <summary>A copy at a multiple of 64 bytes: products of matrices elsewhere may differ in their last bits from run to run.</summary>
readonly unsafe struct AlignedCopy<T> : IDisposable where T : unmanaged
{
    const int Alignment = 64;

    public AlignedCopy(ReadOnlySpan<T> values)
    {
        Address = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, values.Length) * (nuint)sizeof(T), Alignment);
        values.CopyTo(new Span<T>(Address, values.Length));
    }

    public T* Address { get; }

    public void Dispose() => NativeMemory.AlignedFree(Address);
}
