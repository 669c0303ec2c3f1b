using System.Runtime.InteropServices;

namespace MergeEngine.Execution;

/// <summary>Room for a large matrix, given back when it is disposed and not when a collector thinks of it. Counted.</summary>
sealed unsafe class NativeBuffer : IDisposable
{
    readonly MemoryAccount account;
    readonly int count;
    float* first;

    /// <param name="count">Elements; not cleared.</param>
    /// <param name="account">Counts the bytes.</param>
    public NativeBuffer(long count, MemoryAccount account)
    {
        (this.account, this.count) = (account, checked((int)count));
        first = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, count) * sizeof(float), 64);
        account.Add(count * sizeof(float));
    }

    public Span<float> Values => new(first, count);

    public void Dispose()
    {
        if (first is null) return;
        NativeMemory.AlignedFree(first);
        account.Add(-(long)count * sizeof(float));
        first = null;
    }
}
