using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Inflates a compressed entry into a file that is gone when its handle is closed, so that it can be read by position.</summary>
static class InflatedFile
{
    const int BlockLength = 1 << 16;

    /// <param name="file">Full path, for errors.</param>
    /// <param name="source">The open file.</param>
    /// <param name="entry">The bytes; what they inflate to is bounded by the length that the entry says.</param>
    /// <exception cref="MergeException">MRG0275: the bytes are damaged, or inflate to another length.</exception>
    /// <exception cref="IOException">The system refuses, or the temporary folder is full.</exception>
    public static SafeFileHandle Create(string file, SafeFileHandle source, DeflatedEntry entry)
    {
        string path = Path.Combine(Path.GetTempPath(), $"mergesdk-{Guid.NewGuid():N}.inflated");
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        try
        {
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            Inflate(file, source, entry, handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    static void Inflate(string file, SafeFileHandle source, DeflatedEntry entry, SafeFileHandle destination)
    {
        using var stream = new DeflateStream(new FileRange(source, entry.Offset, entry.PackedLength), CompressionMode.Decompress);
        byte[] block = new byte[BlockLength];
        long length = 0;
        try
        {
            for (int count; (count = stream.Read(block)) > 0 && length <= entry.Length; length += count) RandomAccess.Write(destination, block.AsSpan(0, count), length);
        }
        catch (InvalidDataException exception)
        {
            throw new MergeException(Errors.CompressedDamaged(file, exception.Message));
        }
        if (length != entry.Length) throw new MergeException(Errors.CompressedDamaged(file, $"they inflate to {(length < entry.Length ? "fewer" : "more")} than the {entry.Length} bytes that the directory says."));
    }
}
