using System.Buffers.Binary;
using System.Text;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>The bytes of pickles, read forward through one buffer. Nothing is allocated by the word of the file.</summary>
/// <param name="file">Full path, for errors.</param>
/// <param name="source">The bytes.</param>
/// <param name="length">How many there are to be.</param>
/// <param name="memory">Pays for strings.</param>
sealed class PickleInput(string file, Stream source, long length, ParserMemory memory)
{
    /// <summary>A name is shorter. Longer strings are skipped, and are nothing.</summary>
    public const int MaxString = 1 << 14;

    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    readonly byte[] buffer = new byte[1 << 16];
    int next;
    int end;

    /// <summary>Bytes from the start of the first pickle.</summary>
    public long Position { get; private set; }

    public byte ReadByte() => Take(1)[0];

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>The next bytes, at most some thousand; valid until the next call.</summary>
    /// <exception cref="MergeException">MRG0263: the pickle ends before.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (end - next < count) Fill(count);
        var bytes = buffer.AsSpan(next, count);
        next += count;
        Position += count;
        return bytes;
    }

    /// <returns>Null for a string that is too long to be a name: it is skipped.</returns>
    public string? ReadString(ulong count)
    {
        if (count > MaxString)
        {
            Skip(count);
            return null;
        }
        memory.Take(32 + 2 * (long)count);
        try
        {
            return Utf8.GetString(Take((int)count));
        }
        catch (DecoderFallbackException)
        {
            throw Malformed("a string that is not UTF-8");
        }
    }

    /// <summary>Text up to a line feed, without it.</summary>
    public string ReadLine()
    {
        var line = new StringBuilder();
        for (char c; (c = (char)ReadByte()) != '\n'; line.Append(c))
        {
            if (line.Length == 1024) throw Malformed("a name of more than 1024 characters");
        }
        memory.Take(128 + 4 * line.Length);
        return line.ToString();
    }

    /// <exception cref="MergeException">MRG0263: the pickle ends before.</exception>
    public void Skip(ulong count)
    {
        Require(count);
        for (long left = (long)count; left > 0;)
        {
            int step = (int)Math.Min(left, buffer.Length);
            Take(step);
            left -= step;
        }
    }

    /// <exception cref="MergeException">MRG0263: fewer bytes are left.</exception>
    public void Require(ulong count)
    {
        if (count > (ulong)(length - Position)) throw Malformed($"{count} bytes announced where {length - Position} are left");
    }

    public MergeException Malformed(string found) => new(Errors.PickleMalformed(file, Position, found));

    void Fill(int count)
    {
        Require((ulong)count);
        buffer.AsSpan(next, end - next).CopyTo(buffer);
        (next, end) = (0, end - next);
        while (end < count)
        {
            int read = source.Read(buffer, end, (int)Math.Min(buffer.Length - end, length - Position - end));
            if (read == 0) throw Malformed("the end of the file");
            end += read;
        }
    }
}
