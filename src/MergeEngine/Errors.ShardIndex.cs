namespace MergeEngine;

/// <summary>Malformed shard indexes: MRG0233-0239.</summary>
public static partial class Errors
{
    /// <summary>A shard index is no valid JSON object.</summary>
    public static Diagnostic IndexNotJson(SourcePosition position, string reason) => Error("MRG0233", position,
        $"the shard index is not a JSON object: {OneLine(reason)} Download it again.");

    /// <summary>A shard index has no usable weight_map.</summary>
    public static Diagnostic WeightMapMissing(SourcePosition position, string found) => Error("MRG0234", position,
        $"the shard index has {found}; expected weight_map, an object that names the shard of each tensor. Download the index again.");

    /// <summary>A shard index names a shard by something else than a string.</summary>
    public static Diagnostic ShardNameNotAString(SourcePosition position, string tensor, string found) => Error("MRG0235", position,
        $"the shard of tensor {Quoted(tensor)} is {found}; expected the name of a file as a string. Download the index again.");

    /// <summary>A shard index names a file outside of its folder.</summary>
    public static Diagnostic ShardOutsideFolder(SourcePosition position, string tensor, string shard) => Error("MRG0236", position,
        $"the shard of tensor {Quoted(tensor)} is {Quoted(shard)}; expected a file in the index's folder, written with '/' and without '..'. Do not use this checkpoint unless you know who wrote it.");

    /// <summary>A shard does not hold tensors that the index places there.</summary>
    public static Diagnostic TensorsNotInShard(SourcePosition position, string shard, IReadOnlyList<string> tensors) => Error("MRG0237", position,
        $"the index places {Few(tensors)} in shard {Quoted(shard)}, which does not hold {(tensors.Count == 1 ? "it" : "them")}. Index and shards are of different downloads: download the checkpoint again.");

    /// <summary>A shard holds tensors that the index does not place there; they are ignored.</summary>
    public static Diagnostic TensorsNotInIndex(SourcePosition position, string shard, IReadOnlyList<string> tensors) => Warning("MRG0238", position,
        $"shard {Quoted(shard)} holds {Few(tensors)}, which the index does not place there: ignored, the index decides. Download the checkpoint again if they matter.");

    /// <summary>metadata.total_size of a shard index is wrong; the field is not used.</summary>
    public static Diagnostic TotalSizeDiffers(SourcePosition position, long found, long expected) => Warning("MRG0239", position,
        $"metadata.total_size is {found}, but the tensors have {expected} bytes. The field is not used; correct the index to silence this.");
}
