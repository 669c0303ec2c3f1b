using System.Runtime.InteropServices;
using MergeEngine.Expressions;

namespace MergeEngine.Execution;

/// <summary>The buffer of one worker: registers, stored bytes and an encoded block side by side, so that what one pass needs less of another can have more of.</summary>
/// <remarks>It grows to what the largest pass needs and is then reused.</remarks>
sealed class Workspace(MemoryAccount account)
{
    byte[] buffer = [];
    long[] carries = [];
    int registersLength, storedLength, encodedLength;

    public Span<float> Registers => MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, registersLength));

    /// <summary>Bytes as read from files, all sources of a chunk.</summary>
    public Span<byte> Stored => buffer.AsSpan(registersLength, storedLength);

    /// <summary>Bytes of a block as they go to the output.</summary>
    public Span<byte> Encoded => buffer.AsSpan(registersLength + storedLength, encodedLength);

    /// <summary>Room for leaves that need whole vectors.</summary>
    public VectorScratch Scratch { get; } = new(account.Add);

    /// <summary>Divides the buffer anew; what it held is lost.</summary>
    /// <param name="registers">Elements of all registers.</param>
    /// <param name="stored">Bytes.</param>
    /// <param name="encoded">Bytes.</param>
    public void Divide(int registers, int stored, int encoded)
    {
        (registersLength, storedLength, encodedLength) = (registers * sizeof(float), stored, encoded);
        int needed = registersLength + storedLength + encodedLength;
        if (buffer.Length >= needed) return;
        account.Add(needed - buffer.Length);
        buffer = GC.AllocateUninitializedArray<byte>(needed);
    }

    /// <summary>Zeros, one for each step of a program.</summary>
    public Span<long> Carries(int count)
    {
        if (carries.Length < count) carries = new long[count];
        carries.AsSpan(0, count).Clear();
        return carries.AsSpan(0, count);
    }
}
