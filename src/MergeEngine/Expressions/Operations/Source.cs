using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Expressions.Operations;

/// <summary>Stored elements decoded to float32; NaN and infinity are errors unless allowed.</summary>
sealed record Source(StoredTensor Input, bool AllowNonFinite) : Leaf
{
    /// <summary>A pass over the whole tensor found every element finite; later passes need not look.</summary>
    bool isChecked = AllowNonFinite;

    public override int StoredSize => Input.Dtype.Size();

    public override void Fetch(TensorInput read, long first, Span<byte> destination)
    {
        var (tensor, view) = (Input.Info, Input.View);
        if (view.Rank == 0 || view.Extents.AsSpan()[1..].SequenceEqual(tensor.Shape.Extents.AsSpan()[1..]))
        {
            read(tensor, first * StoredSize, destination);
            return;
        }
        (long columns, long storedColumns) = (view[view.Rank - 1], tensor.Shape[tensor.Shape.Rank - 1]);
        while (!destination.IsEmpty)
        {
            long row = first / columns, column = first % columns;
            int count = (int)Math.Min(columns - column, destination.Length / StoredSize);
            read(tensor, (row * storedColumns + column) * StoredSize, destination[..(count * StoredSize)]);
            destination = destination[(count * StoredSize)..];
            first += count;
        }
    }

    public override void Run(in TileFrame frame)
    {
        frame.Kernels.Decode(Input.Dtype, frame.Stored, frame.Result);
        if (isChecked || !frame.Kernels.AnyNonFinite(frame.Result)) return;
        int index = 0;
        while (float.IsFinite(frame.Result[index])) index++;
        throw new MergeException(Errors.NonFinite(Input.Info, Input.Model, frame.First + index, frame.Result[index]));
    }

    public override void Seen() => isChecked = true;

    public bool Equals(Source? other) => other is not null && Input.Equals(other.Input) && AllowNonFinite == other.AllowNonFinite;

    public override int GetHashCode() => Input.GetHashCode();
}
