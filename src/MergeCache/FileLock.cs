namespace MergeCache;

/// <summary>Lets one process at a time work on a thing. The lock file stays: removing it would let two processes hold two files of one name.</summary>
public sealed class FileLock : IDisposable
{
    readonly FileStream held;

    FileLock(FileStream held) => this.held = held;

    /// <summary>Waits until no other process holds the lock.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FileLock Wait(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken) return taken;
            cancellation.WaitHandle.WaitOne(50);
        }
    }

    /// <returns>null if another process holds the lock.</returns>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return null;
        }
    }

    public void Dispose() => held.Dispose();

    // Windows: ERROR_SHARING_VIOLATION; Linux: EAGAIN; macOS: EAGAIN of BSD. Everything else is a real failure.
    static bool IsSharingViolation(IOException e) =>
        (e.HResult & 0xFFFF) is int code && (OperatingSystem.IsWindows() ? code == 32 : OperatingSystem.IsLinux() ? code == 11 : code == 35);
}
