using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>A file that is written under another name and gets its own when it is whole. Failures are MRG0604 and MRG0605.</summary>
sealed class OutputFile : IDisposable
{
    readonly string path;
    readonly long length;
    readonly SafeFileHandle handle;
    long written;

    /// <summary>Reserves the space, where the file system can, so that a full disk shows before the work.</summary>
    /// <exception cref="MergeException">MRG0604, MRG0605.</exception>
    public OutputFile(string path, long length)
    {
        (this.path, this.length) = (path, length);
        handle = Guard(() => File.OpenHandle(PartPath, FileMode.Create, FileAccess.Write, FileShare.Read, FileOptions.None, length));
    }

    string PartPath => path + ".part";

    /// <summary>Thread-safe. Each byte is written once, in any order.</summary>
    /// <exception cref="MergeException">MRG0604, MRG0605.</exception>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
        Interlocked.Add(ref written, bytes.Length);
    }

    /// <summary>Closes the file.</summary>
    /// <exception cref="InvalidOperationException">Bytes are missing.</exception>
    public void Close()
    {
        if (written != length) throw new InvalidOperationException($"{written} of {length} bytes of {path} were written.");
        handle.Dispose();
    }

    /// <summary>Gives the closed file its name, over whatever had it.</summary>
    /// <exception cref="MergeException">MRG0604, MRG0605.</exception>
    public void Publish() => Guard(() =>
    {
        File.Move(PartPath, path, overwrite: true);
        return true;
    });

    /// <summary>Closes the file; one without its name is deleted.</summary>
    public void Dispose()
    {
        handle.Dispose();
        try
        {
            File.Delete(PartPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody reads a .part file, and the next build writes over it.
        }
    }

    T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
    }

    MergeException Failure(Exception exception) =>
        new(IsDiskFull(exception) ? Errors.DiskFull(path, length) : Errors.OutputNotWritable(path, exception.Message));

    /// <summary>The system's codes: no space and quota on Linux (28, 122) and Windows (112, 39).</summary>
    /// <remarks>A reservation that fails for want of space comes as a plain IOException without a code.</remarks>
    static bool IsDiskFull(Exception exception) =>
        exception.GetType() == typeof(IOException)
        && exception.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027) or unchecked((int)0x80131620);
}
