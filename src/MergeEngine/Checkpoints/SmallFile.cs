using System.Text;

namespace MergeEngine.Checkpoints;

/// <summary>Reads a text file from outside whole, up to a bound.</summary>
static class SmallFile
{
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Its bound.</param>
    /// <param name="tooLarge">Makes an error of the file's bytes.</param>
    /// <returns>All bytes; none of a named pipe or a device, which are not opened.</returns>
    /// <exception cref="MergeException">MRG0204: a Git LFS pointer. The error of a file that is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static byte[] Read(string path, int mostBytes, Func<long, Diagnostic> tooLarge)
    {
        long length = PositionalFile.Length(path);
        if (length == 0) return [];
        if (length > mostBytes) throw new MergeException(tooLarge(length));
        byte[] bytes = new byte[length];
        using var handle = PositionalFile.Open(path);
        if (!PositionalFile.TryRead(handle, bytes, 0)) throw new IOException("it became shorter while it was read.");
        return GitLfsPointer.Starts(bytes) ? throw new MergeException(Errors.GitLfsPointer(path)) : bytes;
    }

    /// <inheritdoc cref="Read(string, int, Func{long, Diagnostic})"/>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">Its bound.</param>
    /// <param name="error">Makes an error of the path and what is wrong.</param>
    /// <returns>All bytes but a byte order mark.</returns>
    /// <exception cref="MergeException">MRG0204: a Git LFS pointer. The error: the file cannot be read, or is larger than the bound.</exception>
    public static byte[] Read(string path, int mostBytes, Func<string, string, Diagnostic> error)
    {
        try
        {
            byte[] bytes = Read(path, mostBytes, length => error(path, $"it has {length} bytes; up to {mostBytes} are read."));
            return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(error(path, e.Message));
        }
    }
}
