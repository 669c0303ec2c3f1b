namespace MergeEngine.Checkpoints;

/// <summary>Where the bytes of an output tensor go.</summary>
/// <param name="Shard">Index of the shard in the layout.</param>
/// <param name="Offset">Bytes from the start of that file.</param>
/// <param name="Length">Bytes of the tensor.</param>
public readonly record struct OutputPlace(int Shard, long Offset, long Length);
