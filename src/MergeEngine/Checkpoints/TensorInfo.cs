namespace MergeEngine.Checkpoints;

/// <summary>Where a tensor lies: name, element type, extents, the file and its bytes in it. Valid once a checkpoint gives it.</summary>
/// <param name="File">Full path of the shard.</param>
/// <param name="Offset">Bytes from the start of the file, or of the inflated entry.</param>
/// <param name="Length">Bytes; equals the element count times the element size.</param>
public sealed record TensorInfo(string Name, Dtype Dtype, TensorShape Shape, string File, long Offset, long Length)
{
    /// <summary>Null: the elements follow each other. Else they lie apart, or several are one.</summary>
    public TensorStrides? Strides { get; init; }

    /// <summary>Null: the bytes are in the file as they are. Else they are compressed there.</summary>
    public DeflatedEntry? Deflated { get; init; }
}
