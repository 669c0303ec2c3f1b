namespace MergeEngine.Tokenizers;

/// <summary>Reads a file whole, up to a bound.</summary>
static class SmallFile
{
    /// <param name="error">Makes an error of the path and what is wrong.</param>
    /// <exception cref="MergeException">The error: the file cannot be read, or is larger than the bound.</exception>
    public static byte[] Read(string path, int mostBytes, Func<string, string, Diagnostic> error)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length > mostBytes) throw new MergeException(error(path, $"it has {file.Length} bytes; up to {mostBytes} are read."));
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes.AsSpan().StartsWith(System.Text.Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(error(path, e.Message));
        }
    }
}
