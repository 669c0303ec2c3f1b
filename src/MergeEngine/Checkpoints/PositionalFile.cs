using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Reads at a place of an open file; safe from several threads.</summary>
static class PositionalFile
{
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
