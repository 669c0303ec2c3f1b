using System.Text;

namespace MergeEngine.Checkpoints;

/// <summary>The small text file that Git LFS leaves in place of a large one that was not fetched.</summary>
static class GitLfsPointer
{
    const int MaxLength = 1024;

    static readonly byte[] FirstLine = Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/");

    /// <param name="bytes">A whole file, or more of it than the first line.</param>
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.Length < MaxLength && bytes.StartsWith(FirstLine);

    /// <returns>False also for what cannot be read: whoever reads it next says why.</returns>
    public static bool Is(string file)
    {
        try
        {
            if (PositionalFile.Length(file) is 0 or >= MaxLength) return false;
            using var handle = PositionalFile.Open(file);
            Span<byte> start = stackalloc byte[FirstLine.Length];
            return PositionalFile.TryRead(handle, start, 0) && start.SequenceEqual(FirstLine);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
