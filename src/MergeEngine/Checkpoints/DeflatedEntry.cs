namespace MergeEngine.Checkpoints;

/// <summary>Compressed bytes of a file that hold tensors.</summary>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="PackedLength">Bytes in the file.</param>
/// <param name="Length">Bytes after inflating; more or fewer are an error.</param>
public sealed record DeflatedEntry(long Offset, long PackedLength, long Length);
