using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>The entries of a zip file by name, and the places of their bytes. Reads the directory at the end and local headers, never extracts.</summary>
sealed class ZipDirectory
{
    /// <summary>Longest directory that is read, in bytes: some 100,000 entries.</summary>
    const int MaxLength = 8 << 20;

    const int EntryLength = 46, LocalLength = 30;

    /// <summary>Deflate cannot pack more tightly.</summary>
    const long MostInflation = 1032;

    const int EntryCost = 224, PlaceCost = 400;

    readonly string file;
    readonly SafeFileHandle handle;
    readonly long fileLength;
    readonly ParserMemory memory;
    readonly Dictionary<string, ZipEntry> entries = new(StringComparer.Ordinal);

    /// <exception cref="MergeException">MRG0261: malformed. MRG0266: too many entries.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ZipDirectory(string file, SafeFileHandle handle, long fileLength, ParserMemory memory)
    {
        (this.file, this.handle, this.fileLength, this.memory) = (file, handle, fileLength, memory);
        var (offset, length) = ZipEnd.Find(file, handle, fileLength);
        if (length > MaxLength) throw new MergeException(Errors.TorchParserLimit(file, MaxLength));
        memory.Take(length);
        ReadEntries(Bytes(offset, (int)length));
    }

    public IEnumerable<string> Names => entries.Keys;

    public ZipEntry? Find(string name) => entries.TryGetValue(name, out var entry) ? entry : null;

    /// <summary>Checks that the entry's bytes lie in the file and can be read.</summary>
    /// <exception cref="MergeException">MRG0261: malformed. MRG0271: encrypted, or of another compression.</exception>
    public StoragePlace Place(ZipEntry entry)
    {
        if (entry.IsEncrypted || entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated)) throw new MergeException(Errors.ZipEntryNotReadable(file, entry));
        long start = Start(entry);
        if (entry.PackedLength > fileLength - start) throw Malformed($"entry '{entry.Name}' ends behind the file");
        if (entry.Method == ZipEntry.Deflated)
        {
            if (entry.Length / MostInflation > entry.PackedLength) throw Malformed($"entry '{entry.Name}' says that {entry.PackedLength} bytes inflate to {entry.Length}");
            return new(0, entry.Length, new(start, entry.PackedLength, entry.Length));
        }
        if (entry.PackedLength != entry.Length) throw Malformed($"entry '{entry.Name}' is not compressed but has two lengths, {entry.PackedLength} and {entry.Length}");
        return new(start, entry.Length, null);
    }

    void ReadEntries(ReadOnlySpan<byte> directory)
    {
        while (!directory.IsEmpty)
        {
            if (directory.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(directory) != 0x02014B50) throw Malformed("its directory is damaged");
            int name = Short(directory, 28), extra = Short(directory, 30), comment = Short(directory, 32);
            if (directory.Length - EntryLength < name + extra + comment) throw Malformed("its directory is cut off");
            memory.Take(EntryCost + 2 * name);
            var entry = Entry(directory, Encoding.UTF8.GetString(directory.Slice(EntryLength, name)), directory.Slice(EntryLength + name, extra));
            if (!entries.TryAdd(entry.Name, entry)) throw Malformed($"entry '{entry.Name}' is there twice");
            directory = directory[(EntryLength + name + extra + comment)..];
        }
    }

    /// <summary>Numbers of 32 ones stand for those of the zip64 field, in this order.</summary>
    ZipEntry Entry(ReadOnlySpan<byte> fields, string name, ReadOnlySpan<byte> extra)
    {
        var wide = ZipEnd.WideFields(extra);
        long length = Wide(fields, 24, ref wide), packed = Wide(fields, 20, ref wide), header = Wide(fields, 42, ref wide);
        if (length < 0 || packed < 0 || header < 0) throw Malformed($"entry '{name}' has a length or place beyond 63 bits");
        return new(name, Short(fields, 8), Short(fields, 10), header, packed, length);
    }

    long Wide(ReadOnlySpan<byte> fields, int at, ref ReadOnlySpan<byte> wide)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(fields[at..]);
        if (value != uint.MaxValue) return value;
        if (wide.Length < sizeof(long)) throw Malformed("its directory lacks a zip64 field");
        long found = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return found;
    }

    /// <summary>Local header and directory must name the same file: readers that believe one or the other must see the same bytes.</summary>
    long Start(ZipEntry entry)
    {
        if (entry.HeaderOffset > fileLength - LocalLength) throw Malformed($"entry '{entry.Name}' starts behind the file");
        byte[] header = Bytes(entry.HeaderOffset, LocalLength);
        int name = Short(header, 26);
        long nameStart = entry.HeaderOffset + LocalLength, start = nameStart + name + Short(header, 28);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034B50 || start > fileLength) throw Malformed($"entry '{entry.Name}' has no local header");
        memory.Take(PlaceCost + 3L * name);
        if (Encoding.UTF8.GetString(Bytes(nameStart, name)) != entry.Name) throw Malformed($"entry '{entry.Name}' has another name in its local header");
        return start;
    }

    byte[] Bytes(long offset, int length)
    {
        byte[] bytes = new byte[length];
        return PositionalFile.TryRead(handle, bytes, offset) ? bytes : throw Malformed("it is cut off");
    }

    static int Short(ReadOnlySpan<byte> fields, int at) => BinaryPrimitives.ReadUInt16LittleEndian(fields[at..]);

    MergeException Malformed(string reason) => new(Errors.ZipMalformed(file, reason));
}
