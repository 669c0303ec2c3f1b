using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>The last record of a zip file: it says where the directory is, in 32 bits or, before it, in 64.</summary>
static class ZipEnd
{
    const int EndLength = 22, MaxComment = ushort.MaxValue, LocatorLength = 20, WideLength = 56;

    /// <returns>Place of the directory, inside the file, and its bytes.</returns>
    /// <exception cref="MergeException">MRG0261.</exception>
    public static (long Offset, long Length) Find(string file, SafeFileHandle handle, long fileLength)
    {
        byte[] tail = new byte[(int)Math.Min(fileLength, EndLength + MaxComment + LocatorLength)];
        if (!PositionalFile.TryRead(handle, tail, fileLength - tail.Length)) throw Malformed(file, "it is cut off");
        int end = tail.Length - EndLength;
        while (end >= 0 && !IsEnd(tail, end)) end--;
        if (end < 0) throw Malformed(file, "it has no directory at its end: it was cut off");
        var record = tail.AsSpan(end);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (end >= LocatorLength && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - LocatorLength)) == 0x07064B50)
            (offset, length) = Wide(file, handle, fileLength, BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorLength + 8)));
        if (offset < 0 || length < 0 || offset > fileLength || length > fileLength - offset) throw Malformed(file, "its directory lies behind the file");
        return (offset, length);
    }

    /// <summary>The zip64 field among the extra fields of an entry; empty if there is none.</summary>
    public static ReadOnlySpan<byte> WideFields(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra), length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) break;
            if (id == 1) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    static bool IsEnd(ReadOnlySpan<byte> tail, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == 0x06054B50 && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length - at - EndLength;

    static (long Offset, long Length) Wide(string file, SafeFileHandle handle, long fileLength, long at)
    {
        byte[] record = new byte[WideLength];
        if (at < 0 || at > fileLength - WideLength || !PositionalFile.TryRead(handle, record, at)
            || BinaryPrimitives.ReadUInt32LittleEndian(record) != 0x06064B50) throw Malformed(file, "its zip64 record is missing");
        return (BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48)), BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(40)));
    }

    static MergeException Malformed(string file, string reason) => new(Errors.ZipMalformed(file, reason));
}
