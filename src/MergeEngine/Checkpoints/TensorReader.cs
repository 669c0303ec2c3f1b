using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Reads bytes of tensors at their place. Thread-safe; opens each file once and keeps it open until disposed.</summary>
public sealed class TensorReader : IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<SafeFileHandle>> handles = new(StringComparer.Ordinal);

    /// <param name="tensor">As a checkpoint gave it.</param>
    /// <param name="byteOffset">First byte, from the start of the tensor.</param>
    /// <param name="destination">Filled whole; must lie within the tensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes asked for are not all in the tensor.</exception>
    /// <exception cref="MergeException">MRG0209: the file cannot be read, or is shorter than when its header was read.</exception>
    public void Read(TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset, tensor.Length - destination.Length);
        try
        {
            var handle = Handle(tensor.File);
            if (PositionalFile.TryRead(handle, destination, tensor.Offset + byteOffset)) return;
            throw new MergeException(Errors.FileNotReadable(tensor.File, Errors.CutShort(tensor, RandomAccess.GetLength(handle))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(tensor.File, exception.Message));
        }
    }

    public void Dispose()
    {
        foreach (var handle in handles.Values.Where(handle => handle.IsValueCreated)) handle.Value.Dispose();
        handles.Clear();
    }

    SafeFileHandle Handle(string file) => handles.GetOrAdd(file, static file => new(() => PositionalFile.Open(file))).Value;
}
