namespace MergeEngine;

/// <summary>Malformed shard indexes: MRG0233-0239.</summary>
public static partial class Errors
{
    public static Diagnostic IndexNotJson(SourcePosition position, string reason) => Error("MRG0233", position,
        $"the shard index is not a JSON object: {OneLine(reason)} Download it again.");

    public static Diagnostic WeightMapMissing(SourcePosition position, string found) => Error("MRG0234", position,
        $"the shard index has {found}; expected weight_map, an object that names the shard of each tensor. Download the index again.");

    public static Diagnostic ShardNameNotAString(SourcePosition position, string tensor, string found) => Error("MRG0235", position,
        $"the shard of tensor {Quoted(tensor)} is {found}; expected the name of a file as a string. Download the index again.");

    public static Diagnostic ShardOutsideFolder(SourcePosition position, string tensor, string shard) => Error("MRG0236", position,
        $"the shard of tensor {Quoted(tensor)} is {Quoted(shard)}; expected a file in the index's folder, written with '/' and without '..'. Do not use this checkpoint unless you know who wrote it.");

    public static Diagnostic TensorsNotInShard(SourcePosition position, string shard, IReadOnlyList<string> tensors) => Error("MRG0237", position,
        $"the index places {Few(tensors)} in shard {Quoted(shard)}, which does not hold {(tensors.Count == 1 ? "it" : "them")}. Index and shards are of different downloads: download the checkpoint again.");

    public static Diagnostic TensorsNotInIndex(SourcePosition position, string shard, IReadOnlyList<string> tensors) => Warning("MRG0238", position,
        $"shard {Quoted(shard)} holds {Few(tensors)}, which the index does not place there: ignored, the index decides. Download the checkpoint again if they matter.");

    public static Diagnostic TotalSizeDiffers(SourcePosition position, long found, long expected) => Warning("MRG0239", position,
        $"metadata.total_size is {found}, but the tensors have {expected} bytes. The field is not used; correct the index to silence this.");
}
