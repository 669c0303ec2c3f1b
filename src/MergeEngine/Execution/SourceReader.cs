using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Execution;

/// <summary>Reads stored bytes of a tensor.</summary>
delegate void TensorInput(TensorInfo tensor, long byteOffset, Span<byte> destination);

/// <summary>Reads a range of a source's view.</summary>
static class SourceReader
{
    /// <param name="read">Reads from the file.</param>
    /// <param name="source">What to read; its view may leave out trailing rows and columns.</param>
    /// <param name="first">Flat index of the first element in the view.</param>
    /// <param name="destination">Room for whole elements.</param>
    public static void Read(TensorInput read, StepSource source, long first, Span<byte> destination)
    {
        var (tensor, view) = (source.Tensor, source.View);
        int size = tensor.Dtype.Size();
        if (view.Rank == 0 || view.Extents.AsSpan()[1..].SequenceEqual(tensor.Shape.Extents.AsSpan()[1..]))
        {
            read(tensor, first * size, destination);
            return;
        }
        (long columns, long storedColumns) = (view[view.Rank - 1], tensor.Shape[tensor.Shape.Rank - 1]);
        while (!destination.IsEmpty)
        {
            long row = first / columns, column = first % columns;
            int count = (int)Math.Min(columns - column, destination.Length / size);
            read(tensor, (row * storedColumns + column) * size, destination[..(count * size)]);
            destination = destination[(count * size)..];
            first += count;
        }
    }
}
