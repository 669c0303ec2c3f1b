namespace MergeEngine.Checkpoints;

/// <summary>One file of the output.</summary>
/// <param name="Name">File name.</param>
/// <param name="Header">First bytes of the file: length, JSON, padding.</param>
/// <param name="Length">Bytes of the whole file.</param>
public sealed record OutputShard(string Name, ReadOnlyMemory<byte> Header, long Length);
