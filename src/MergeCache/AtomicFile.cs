namespace MergeCache;

/// <summary>Writes small files so that a reader, or a build after a crash, sees the old or the new one, whole.</summary>
public static class AtomicFile
{
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Writes what a build can do without.</summary>
    public static void TryWrite(string path, string text)
    {
        try
        {
            Write(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next build finds nothing there and works it out again.
        }
    }

    /// <returns>null if the file is missing or cannot be read.</returns>
    public static string? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only litter is left behind; whoever wrote it has already failed or succeeded.
        }
    }
}
