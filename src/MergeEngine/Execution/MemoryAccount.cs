namespace MergeEngine.Execution;

/// <summary>Counts the bytes of buffers that a run holds, and remembers the most.</summary>
sealed class MemoryAccount
{
    long held, peak;

    public long Peak => Interlocked.Read(ref peak);

    public void Add(long bytes)
    {
        long now = Interlocked.Add(ref held, bytes), seen = Peak;
        while (now > seen && Interlocked.CompareExchange(ref peak, now, seen) != seen) seen = Peak;
    }
}
