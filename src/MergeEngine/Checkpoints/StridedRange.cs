using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Reads consecutive elements of a tensor whose elements lie apart in the file.</summary>
/// <remarks>
/// The range is cut into boxes: a few neighbours along one dimension, everything along those behind it. A box is read through a window of
/// the file that holds as many of its smallest-stride dimensions as fit, so that a transposed matrix costs one read per run, not per element.
/// </remarks>
readonly ref struct StridedRange
{
    const int WindowLength = 1 << 16;

    readonly SafeFileHandle handle;
    readonly TensorInfo tensor;
    readonly int size;
    readonly Span<byte> window;

    StridedRange(SafeFileHandle handle, TensorInfo tensor, Span<byte> window)
    {
        (this.handle, this.tensor, size) = (handle, tensor, tensor.Dtype.Size());
        this.window = window;
    }

    /// <param name="handle">The file.</param>
    /// <param name="tensor">With strides.</param>
    /// <param name="byteOffset">Of an element, from the start of the tensor.</param>
    /// <param name="destination">Room for whole elements, within the tensor.</param>
    /// <returns>False if the file ends before.</returns>
    public static bool TryRead(SafeFileHandle handle, TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        Span<byte> window = stackalloc byte[WindowLength];
        return new StridedRange(handle, tensor, window).TryRead(byteOffset / tensor.Dtype.Size(), destination);
    }

    bool TryRead(long first, Span<byte> destination)
    {
        Span<BoxSide> sides = stackalloc BoxSide[Math.Max(1, tensor.Shape.Rank)];
        while (!destination.IsEmpty)
        {
            int rank = Box(first, destination.Length / size, sides, out long offset, out int count);
            sides[..rank].Sort();
            if (!TryRead(sides[..rank], offset, destination[..(count * size)])) return false;
            destination = destination[(count * size)..];
            first += count;
        }
        return true;
    }

    /// <summary>The largest box that starts at an element and has at most so many.</summary>
    /// <returns>How many sides it has.</returns>
    int Box(long first, long most, Span<BoxSide> sides, out long offset, out int count)
    {
        var shape = tensor.Shape;
        (offset, count) = (0, 1);
        int rank = 0;
        bool open = true;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            long index = first % shape[i];
            first /= shape[i];
            offset += index * tensor.Strides![i];
            if (!open) continue;
            long side = Math.Min(shape[i] - index, most / count);
            if (side > 1) sides[rank++] = new(tensor.Strides![i], (int)side, count);
            count *= (int)side;
            // Only a dimension that is whole can be continued by the one before it.
            open = side == shape[i];
        }
        return rank;
    }

    /// <param name="sides">Smallest stride first.</param>
    /// <param name="offset">Elements from the tensor's first.</param>
    /// <param name="destination">Starts at the box's first element.</param>
    bool TryRead(ReadOnlySpan<BoxSide> sides, long offset, Span<byte> destination)
    {
        if (sides.IsEmpty) return PositionalFile.TryRead(handle, destination[..size], tensor.Offset + offset * size);
        if (SpanOf(sides) is { } span && span <= window.Length / size) return TryGather(sides, offset, (int)span, destination);
        var side = sides[^1];
        int step = sides.Length == 1 ? (int)Math.Clamp((window.Length / size - 1) / side.Stride + 1, 1, side.Count) : 1;
        for (int i = 0; i < side.Count; i += step)
        {
            var part = step == 1 ? sides[..^1] : [side with { Count = Math.Min(step, side.Count - i) }];
            if (!TryRead(part, offset + i * side.Stride, destination[(i * side.Step * size)..])) return false;
        }
        return true;
    }

    bool TryGather(ReadOnlySpan<BoxSide> sides, long offset, int span, Span<byte> destination)
    {
        var bytes = window[..(span * size)];
        if (!PositionalFile.TryRead(handle, bytes, tensor.Offset + offset * size)) return false;
        Scatter(sides, bytes, destination);
        return true;
    }

    void Scatter(ReadOnlySpan<BoxSide> sides, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (sides.IsEmpty)
        {
            source[..size].CopyTo(destination);
            return;
        }
        var side = sides[^1];
        if (sides.Length == 1 && side is { Stride: 1, Step: 1 })
        {
            source[..(side.Count * size)].CopyTo(destination);
            return;
        }
        for (int i = 0; i < side.Count; i++)
            Scatter(sides[..^1], source[(int)(i * side.Stride * size)..], destination[(i * side.Step * size)..]);
    }

    /// <summary>Elements from the first to the last of the box; null for more than the window in any case.</summary>
    static long? SpanOf(ReadOnlySpan<BoxSide> sides)
    {
        long span = 1;
        foreach (var side in sides)
        {
            if (side.Stride > WindowLength) return null;
            span += (side.Count - 1) * side.Stride;
        }
        return span;
    }
}
