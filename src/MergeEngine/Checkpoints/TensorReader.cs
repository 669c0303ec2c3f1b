using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Reads bytes of tensors at their place. Thread-safe; opens each file once and keeps it open until disposed.</summary>
/// <remarks>A compressed entry is inflated at its first use into a nameless file in the system's temporary folder, so memory stays bounded.</remarks>
public sealed class TensorReader : IDisposable
{
    readonly ConcurrentDictionary<string, Lazy<SafeFileHandle>> handles = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string File, DeflatedEntry Entry), Lazy<SafeFileHandle>> inflated = new();

    /// <param name="tensor">As a checkpoint gave it.</param>
    /// <param name="byteOffset">First byte, from the start of the tensor; of a tensor with strides, of an element.</param>
    /// <param name="destination">Filled whole; must lie within the tensor. Of a tensor with strides, whole elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes asked for are not all in the tensor.</exception>
    /// <exception cref="MergeException">MRG0209: the file cannot be read, or is shorter than when its header was read. MRG0275: compressed bytes are damaged.</exception>
    public void Read(TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset, tensor.Length - destination.Length);
        try
        {
            var handle = tensor.Deflated is { } entry ? Handle(tensor.File, entry) : Handle(tensor.File);
            bool isRead = tensor.Strides is null
                ? PositionalFile.TryRead(handle, destination, tensor.Offset + byteOffset)
                : StridedRange.TryRead(handle, tensor, byteOffset, destination);
            if (!isRead) throw new MergeException(Errors.FileNotReadable(tensor.File, Errors.CutShort(tensor, RandomAccess.GetLength(handle))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(tensor.File, exception.Message));
        }
    }

    public void Dispose()
    {
        foreach (var handle in handles.Values.Concat(inflated.Values).Where(handle => handle.IsValueCreated)) handle.Value.Dispose();
        handles.Clear();
        inflated.Clear();
    }

    SafeFileHandle Handle(string file) => handles.GetOrAdd(file, static file => new(() => PositionalFile.Open(file))).Value;

    SafeFileHandle Handle(string file, DeflatedEntry entry) =>
        inflated.GetOrAdd((file, entry), key => new(() => InflatedFile.Create(key.File, Handle(key.File), key.Entry))).Value;
}
