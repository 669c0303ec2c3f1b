using System.Text.Json;

namespace MergeEngine.Checkpoints;

/// <summary>Reads the JSON of a safetensors header; checks each tensor by itself, never how tensors lie to each other.</summary>
ref struct HeaderParser(ReadOnlySpan<byte> json, string file, List<Diagnostic> errors)
{
    /// <summary>A file with more errors is not read further, so that a hostile one cannot fill the memory with them.</summary>
    const int MaxErrors = 100;

    /// <summary>A valid header nests three levels; the rest leaves room to name the defect.</summary>
    const int MaxDepth = 8;

    static readonly Dictionary<string, Dtype> DtypeNames =
        Enum.GetValues<Dtype>().ToDictionary(dtype => dtype.ToString(), StringComparer.Ordinal);

    Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    public List<HeaderEntry> Entries { get; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The header is not JSON.</exception>
    public void Parse()
    {
        reader.Read();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.Text();
            if (!names.Add(name)) AddDuplicate(name);
            reader.Read();
            if (name == SafetensorsHeader.MetadataKey) ReadMetadata();
            else ReadTensor(name);
            if (errors.Count >= MaxErrors) return;
        }
        reader.Read();
    }

    void ReadMetadata()
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(Errors.MetadataNotAnObject(file, reader.Found()));
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && errors.Count < MaxErrors)
        {
            string key = reader.Text();
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) errors.Add(Errors.MetadataNotAString(file, key, reader.Found()));
            else if (!Metadata.TryAdd(key, reader.Text())) AddDuplicate(key);
            reader.Skip();
        }
    }

    void ReadTensor(string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(Errors.TensorNotAnObject(file, name, reader.Found()));
            reader.Skip();
            return;
        }
        var fields = new TensorFields();
        int before = errors.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && errors.Count < MaxErrors) ReadField(name, ref fields);
        if (errors.Count == before) fields.AddMissing(file, name, errors);
        if (errors.Count == before && fields.ToEntry(file, name, errors) is { } entry) Entries.Add(entry);
    }

    void ReadField(string name, ref TensorFields fields)
    {
        string key = reader.Text();
        reader.Read();
        if (!fields.Saw(key)) AddDuplicate($"{name}.{key}");
        if (key == "dtype") fields.Dtype = ReadDtype(name);
        else if (key == "shape") fields.Shape = ReadIntegers(name, Errors.ShapeNotExtents);
        else if (key == "data_offsets") fields.Offsets = ReadIntegers(name, Errors.OffsetsNotIntegers);
        else errors.Add(Errors.UnknownTensorKey(file, name, key));
        reader.Skip();
    }

    Dtype? ReadDtype(string name)
    {
        // Not Enum.TryParse: it also takes "1" and "F64, F32".
        if (reader.TokenType == JsonTokenType.String && DtypeNames.TryGetValue(reader.Text(), out var dtype)) return dtype;
        errors.Add(Errors.DtypeNotSupported(file, name, reader.Found()));
        return null;
    }

    long[]? ReadIntegers(string name, Func<string, string, string, Diagnostic> error)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.Add(error(file, name, reader.Found()));
            return null;
        }
        var values = new List<long>(4);
        string? wrong = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value >= 0) values.Add(value);
            else wrong ??= reader.Found();
            reader.Skip();
        }
        if (wrong is null) return [.. values];
        errors.Add(error(file, name, wrong));
        return null;
    }

    readonly void AddDuplicate(string key) => errors.Add(Errors.DuplicateKey(new(file), key));
}
