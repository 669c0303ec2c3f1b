using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Opens files from outside and reads at a place of them; safe from several threads.</summary>
static class PositionalFile
{
    /// <summary>Bytes of the file that the name, or the link, leads to.</summary>
    /// <remarks>Asked before opening: a named pipe has none, and opening one would wait for a writer forever.</remarks>
    /// <exception cref="IOException">There is no such file.</exception>
    public static long Length(string file) => ((FileInfo?)File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)).Length;

    /// <summary>Lets others read the file, and replace it by a rename: the open one keeps its bytes.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static SafeFileHandle Open(string file) =>
        File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);

    /// <summary>Fills the destination; one call of the system may give less than asked.</summary>
    /// <returns>False if the file ends before.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static bool TryRead(SafeFileHandle handle, Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            int count = RandomAccess.Read(handle, destination, offset);
            if (count == 0) return false;
            destination = destination[count..];
            offset += count;
        }
        return true;
    }
}
