using MergeEngine;

namespace MergeWorker;

/// <summary>Turns what can go wrong with files into diagnostics: those of the engine as they are, the system's by what they mean.</summary>
static class FileErrors
{
    /// <param name="file">What the action writes, to name it if the exception does not.</param>
    /// <returns>false if an error was reported.</returns>
    public static bool Try(Action action, string file, Action<Diagnostic> report)
    {
        try
        {
            action();
            return true;
        }
        catch (MergeException e)
        {
            foreach (Diagnostic diagnostic in e.Diagnostics) report(diagnostic);
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            report(Errors.DiskFull(file, 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(Errors.OutputNotWritable(file, e.Message));
        }
        return false;
    }

    // ENOSPC and EDQUOT; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is 28 or 122 && !OperatingSystem.IsWindows() || (e.HResult & 0xFFFF) is 112 or 39 && OperatingSystem.IsWindows();
}
