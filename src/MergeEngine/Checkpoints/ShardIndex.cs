using System.Text.Json;
using System.Text.Unicode;

namespace MergeEngine.Checkpoints;

/// <summary>A shard index: which file holds each tensor. Exists only if it is valid; knows nothing of the shards themselves.</summary>
public sealed class ShardIndex
{
    /// <summary>Name of the index of a sharded checkpoint.</summary>
    public const string FileName = "model.safetensors.index.json";

    /// <summary>Name of the index of a sharded torch checkpoint.</summary>
    public const string TorchFileName = "pytorch_model.bin.index.json";

    /// <summary>Longest index that is read, in bytes: the limit of headers, as it holds less per tensor.</summary>
    public const int MaxLength = SafetensorsHeader.MaxLength;

    internal ShardIndex(string file, IReadOnlyDictionary<string, ShardPlace> places, long? totalSize, SourcePosition totalSizePosition)
    {
        (File, Places, TotalSize, TotalSizePosition) = (file, places, totalSize, totalSizePosition);
        Shards = [.. places.Values.Select(place => place.Shard).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Full path of the index.</summary>
    public string File { get; }

    /// <summary>By name of tensor; at least one.</summary>
    public IReadOnlyDictionary<string, ShardPlace> Places { get; }

    /// <summary>File names in ordinal order.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>metadata.total_size in bytes, if it is there and an integer; nothing relies on it.</summary>
    public long? TotalSize { get; }

    public SourcePosition TotalSizePosition { get; }

    /// <exception cref="MergeException">MRG0209: not readable. MRG0218, MRG0233-0236: malformed; all errors (at most about 100).</exception>
    public static ShardIndex Read(string file)
    {
        var errors = new List<Diagnostic>();
        return TryRead(Path.GetFullPath(file), errors) ?? throw new MergeException(errors);
    }

    /// <returns>Null after errors, which are added.</returns>
    internal static ShardIndex? TryRead(string file, List<Diagnostic> errors)
    {
        try
        {
            long length = PositionalFile.Length(file);
            if (length is > 0 and <= MaxLength) return Parse(System.IO.File.ReadAllBytes(file), file, errors);
            errors.Add(Errors.IndexNotJson(new(file), $"it has {length} bytes; expected 2 to {MaxLength}."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(Errors.FileNotReadable(file, exception.Message));
        }
        return null;
    }

    /// <returns>Null after errors, which are added.</returns>
    internal static ShardIndex? Parse(ReadOnlySpan<byte> json, string file, List<Diagnostic> errors)
    {
        var found = new List<Diagnostic>();
        var parser = new ShardIndexParser(WithoutByteOrderMark(json), file, found);
        try
        {
            if (Utf8.IsValid(json)) parser.Parse();
            else found.Add(Errors.IndexNotJson(new(file), "it is not UTF-8 text."));
        }
        catch (JsonException exception)
        {
            found.Clear();
            found.Add(Errors.IndexNotJson(JsonText.Position(file, exception), JsonText.Reason(exception)));
        }
        errors.AddRange(found);
        return found.Count == 0 ? new(file, parser.Places, parser.TotalSize, parser.TotalSizePosition) : null;
    }

    static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
