namespace MergeEngine.Checkpoints;

/// <summary>Compares a shard index with the headers of its shards. The index decides which tensors there are.</summary>
sealed class ShardCheck
{
    /// <summary>After so many errors, further shards are not looked at.</summary>
    const int MostErrors = 100;

    readonly ShardIndex index;
    readonly ShardHeaders headers;

    /// <param name="index">The index.</param>
    /// <param name="headers">Reads the shards; errors are added to its list.</param>
    public ShardCheck(ShardIndex index, ShardHeaders headers)
    {
        (this.index, this.headers) = (index, headers);
        foreach (var shard in index.Places.GroupBy(place => place.Value.Shard, StringComparer.Ordinal).OrderBy(shard => shard.Key, StringComparer.Ordinal))
        {
            if (headers.Found.Count >= MostErrors) break;
            Check(shard.Key, shard.ToDictionary(StringComparer.Ordinal));
        }
        if (headers.Found.Count == 0) CheckTotalSize();
    }

    public List<TensorInfo> Tensors { get; } = [];

    public List<Diagnostic> Warnings { get; } = [];

    void Check(string shard, Dictionary<string, ShardPlace> listed)
    {
        var position = listed.Values.First().Position;
        if (!headers.Exists(shard)) headers.Found.Add(Errors.ShardMissing(position, shard, listed.Count));
        else if (headers.Read(shard) is { } stored) Compare(shard, listed, stored);
    }

    void Compare(string shard, Dictionary<string, ShardPlace> listed, IReadOnlyList<TensorInfo> stored)
    {
        Tensors.AddRange(stored.Where(tensor => listed.ContainsKey(tensor.Name)));
        List<string> missing = [.. listed.Keys.Except(stored.Select(tensor => tensor.Name), StringComparer.Ordinal)];
        List<string> extra = [.. stored.Select(tensor => tensor.Name).Where(name => !listed.ContainsKey(name))];
        if (missing.Count > 0) headers.Found.Add(Errors.TensorsNotInShard(listed[missing[0]].Position, shard, missing));
        if (extra.Count > 0) Warnings.Add(Errors.TensorsNotInIndex(new(index.File), shard, extra));
    }

    void CheckTotalSize()
    {
        long length = Tensors.Sum(tensor => tensor.Length);
        if (index.TotalSize is { } found && found != length) Warnings.Add(Errors.TotalSizeDiffers(index.TotalSizePosition, found, length));
    }
}
