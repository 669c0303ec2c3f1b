namespace MergeEngine.Checkpoints;

/// <summary>Where an index places a tensor.</summary>
/// <param name="Shard">File name, relative to the index's folder; never outside of it.</param>
/// <param name="Position">The line of the index that says so.</param>
public readonly record struct ShardPlace(string Shard, SourcePosition Position);
