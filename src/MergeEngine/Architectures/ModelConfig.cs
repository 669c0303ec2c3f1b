using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;

namespace MergeEngine.Architectures;

/// <summary>The config.json of a model: values by dotted key, in the file's own order.</summary>
public sealed class ModelConfig
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "config.json";

    const int MostBytes = 16 << 20;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    ModelConfig(string path, JsonObject root) => (Path, Root) = (path, root);

    /// <summary>Full path of the file; for errors.</summary>
    public string Path { get; }

    /// <summary>The whole file. Not to be changed: <see cref="Clone"/> gives a copy for that.</summary>
    public JsonObject Root { get; }

    public SourcePosition Position => new(Path);

    /// <summary>Entries of 'architectures'; null if there is no such list of names.</summary>
    public IReadOnlyList<string>? Architectures =>
        Find("architectures") is JsonArray list && list.Select(Text).OfType<string>().ToList() is { } names && names.Count == list.Count ? names : null;

    public string? ModelType => Text(Find("model_type"));

    /// <summary>Reads the config.json of a model's folder.</summary>
    /// <exception cref="MergeException">MRG0204: a Git LFS pointer. MRG0208: the file is missing, cannot be read, is larger than 16 MiB or is not a JSON object.</exception>
    public static ModelConfig Read(string directory)
    {
        string path = System.IO.Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path)) throw new MergeException(Errors.ConfigMissing(new SourcePosition(path)));
            return Parse(SmallFile.Read(path, MostBytes, length => Errors.ConfigTooLarge(new SourcePosition(path), length, MostBytes)), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.ConfigUnreadable(new SourcePosition(path), error.Message));
        }
    }

    /// <summary>Reads UTF-8 text, with or without byte order mark. Python's NaN and Infinity are understood.</summary>
    /// <exception cref="MergeException">MRG0208 at the place of the error: not JSON, nested deeper than 64, a key twice in one object, or not an object.</exception>
    public static ModelConfig Parse(ReadOnlySpan<byte> utf8, string path)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
        try
        {
            var quoted = PythonNumbers.Quote(utf8);
            JsonText.CheckStrings(quoted, Options.MaxDepth);
            return JsonNode.Parse(quoted, documentOptions: Options) is JsonObject root
                ? new ModelConfig(path, root)
                : throw new MergeException(Errors.ConfigNotAnObject(new SourcePosition(path)));
        }
        catch (JsonException error)
        {
            throw new MergeException(Errors.ConfigNotJson(At(path, error), JsonText.Reason(error)));
        }
    }

    /// <summary>The value of a dotted key such as <c>text_config.vocab_size</c>; null if there is none.</summary>
    public JsonNode? Find(string key) => Find(Root, key);

    /// <summary>The value of a dotted key if it is a whole number.</summary>
    public long? Integer(string key) => Find(key) is JsonValue value && value.TryGetValue(out long number) ? number : null;

    /// <summary>The first of the keys that has a whole number.</summary>
    public string? FirstInteger(IEnumerable<string> keys) => keys.FirstOrDefault(key => Integer(key) is not null);

    /// <summary>The weights are codes of fewer bits, whose scales a merge would lose.</summary>
    public bool IsQuantized => Root["quantization_config"] is JsonObject;

    /// <summary>The same configuration with another model class, where a recipe overrides it.</summary>
    public ModelConfig WithArchitecture(string name)
    {
        JsonObject root = Clone();
        root["architectures"] = new JsonArray(name);
        return new ModelConfig(Path, root);
    }

    /// <summary>A copy of the whole file that may be changed.</summary>
    public JsonObject Clone() => (JsonObject)Root.DeepClone();

    internal static JsonNode? Find(JsonObject root, string key) =>
        key.Split('.').Aggregate((JsonNode?)root, (node, part) => (node as JsonObject)?[part]);

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    static SourcePosition At(string path, JsonException error) =>
        new(path, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
}
