namespace MergeEngine.Execution;

/// <summary>The buffers of one worker; they grow to what the largest pass needs and are then reused.</summary>
sealed class Workspace(MemoryAccount account)
{
    float[] registers = [];
    byte[] stored = [];
    byte[] encoded = [];
    long[] carries = [];

    public Span<float> Registers(int count) => Grow(ref registers, count, sizeof(float));

    /// <summary>Bytes as read from files, all sources of a chunk.</summary>
    public Span<byte> Stored(int count) => Grow(ref stored, count, 1);

    /// <summary>Bytes of a block as they go to the output.</summary>
    public Span<byte> Encoded(int count) => Grow(ref encoded, count, 1);

    public Span<long> Carries(int count) => Grow(ref carries, count, sizeof(long));

    Span<T> Grow<T>(ref T[] buffer, int count, int size)
    {
        if (buffer.Length < count)
        {
            account.Add((long)(count - buffer.Length) * size);
            buffer = GC.AllocateUninitializedArray<T>(count);
        }
        return buffer.AsSpan(0, count);
    }
}
