using System.Text;
using System.Text.Json;

namespace MergeEngine.Checkpoints;

/// <summary>Reads the JSON of a shard index; keys other than weight_map and metadata.total_size mean nothing and are skipped.</summary>
ref struct ShardIndexParser(ReadOnlySpan<byte> json, string file, List<Diagnostic> errors)
{
    const int MaxErrors = 100;

    readonly ReadOnlySpan<byte> json = json;
    Utf8JsonReader reader = new(json);
    bool hasWeightMap;
    int line = 1;
    int lineStart;
    int counted;

    public Dictionary<string, ShardPlace> Places { get; } = new(StringComparer.Ordinal);

    public long? TotalSize { get; private set; }

    public SourcePosition TotalSizePosition { get; private set; }

    /// <exception cref="JsonException">The index is not JSON.</exception>
    public void Parse()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(Errors.IndexNotJson(Here(), $"it is {reader.Found()}."));
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && errors.Count < MaxErrors) ReadKey();
        if (errors.Count >= MaxErrors) return;
        reader.Read();
        if (!hasWeightMap) errors.Add(Errors.WeightMapMissing(new(file), "no weight_map"));
    }

    void ReadKey()
    {
        string key = reader.Text();
        var position = Here();
        reader.Read();
        if (key == "weight_map") ReadWeightMap(position);
        else if (key == "metadata" && reader.TokenType == JsonTokenType.StartObject) ReadMetadata();
        else reader.Skip();
    }

    void ReadWeightMap(SourcePosition position)
    {
        if (hasWeightMap) errors.Add(Errors.DuplicateKey(position, "weight_map"));
        hasWeightMap = true;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(Errors.WeightMapMissing(position, $"{reader.Found()} as weight_map"));
            reader.Skip();
            return;
        }
        int before = errors.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && errors.Count < MaxErrors) ReadPlace();
        if (Places.Count == 0 && errors.Count == before) errors.Add(Errors.WeightMapMissing(position, "an empty weight_map"));
    }

    void ReadPlace()
    {
        string tensor = reader.Text();
        var position = Here();
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) errors.Add(Errors.ShardNameNotAString(position, tensor, reader.Found()));
        else if (reader.Text() is var shard && !StaysInFolder(shard)) errors.Add(Errors.ShardOutsideFolder(position, tensor, shard));
        else if (!Places.TryAdd(tensor, new(shard, position))) errors.Add(Errors.DuplicateKey(position, tensor));
        reader.Skip();
    }

    void ReadMetadata()
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTotalSize = reader.Text() == "total_size";
            var position = Here();
            reader.Read();
            if (isTotalSize && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long size)) (TotalSize, TotalSizePosition) = (size, position);
            reader.Skip();
        }
    }

    /// <summary>The same answer on every system: a backslash or a drive letter is no file name anywhere.</summary>
    static bool StaysInFolder(string shard) =>
        !shard.Any(c => c is '\\' or ':' || char.IsControl(c)) && shard.Split('/').All(part => part is not ("" or "." or ".."));

    /// <summary>Line and column, in characters, of the token; tokens are asked for in order, so lines are counted once.</summary>
    SourcePosition Here()
    {
        int start = (int)reader.TokenStartIndex;
        while (json[counted..start].IndexOf((byte)'\n') is >= 0 and var next)
        {
            counted += next + 1;
            (line, lineStart) = (line + 1, counted);
        }
        counted = start;
        return new(file, line, Encoding.UTF8.GetCharCount(json[lineStart..start]) + 1);
    }
}
