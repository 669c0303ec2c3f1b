using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tokenizers;

/// <summary>A tokenizer_config.json: settings of the tokenizer's class, in the file's own order.</summary>
public sealed class TokenizerConfig
{
    public const string FileName = "tokenizer_config.json";

    const string TemplateKey = "chat_template", AddedKey = "added_tokens_decoder";

    const int MostBytes = 16 << 20;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    readonly JsonObject root;

    TokenizerConfig(JsonObject root) => this.root = root;

    /// <summary>The template for conversations: the one named default if there are several; null: none.</summary>
    public string? ChatTemplate => root[TemplateKey] switch
    {
        JsonArray several => several.OfType<JsonObject>().Where(named => Text(named["name"]) == "default").Select(named => Text(named["template"])).FirstOrDefault(),
        var single => Text(single),
    };

    /// <summary>Added tokens, where the configuration lists them.</summary>
    public IEnumerable<AddedToken> Added => (root[AddedKey] as JsonObject ?? []).Select(entry => Token(entry.Key, entry.Value as JsonObject)).OfType<AddedToken>();

    /// <exception cref="MergeException">MRG0240: not readable, larger than 16 MiB, or no JSON object.</exception>
    public static TokenizerConfig Read(string path)
    {
        byte[] utf8 = SmallFile.Read(path, MostBytes, Errors.TokenizerNotReadable);
        try
        {
            JsonText.CheckStrings(PythonNumbers.Quote(utf8), Options.MaxDepth);
            return JsonNode.Parse(PythonNumbers.Quote(utf8), documentOptions: Options) is JsonObject root
                ? new TokenizerConfig(root)
                : throw new MergeException(Errors.TokenizerNotJson(new SourcePosition(path), "it is no object."));
        }
        catch (JsonException error)
        {
            throw new MergeException(Errors.TokenizerNotJson(JsonText.Position(path, error), JsonText.Reason(error)));
        }
    }

    /// <summary>The file for another vocabulary and template.</summary>
    /// <param name="added">All added tokens of the output, which take the place of those that the file lists; null: they stay.</param>
    /// <param name="replaceTemplate">The template is replaced, or taken out.</param>
    /// <param name="template">The new one; null: none here.</param>
    public string With(IReadOnlyList<AddedToken>? added, bool replaceTemplate, string? template)
    {
        var changed = (JsonObject)root.DeepClone();
        if (replaceTemplate && template is not null) changed[TemplateKey] = template;
        else if (replaceTemplate) changed.Remove(TemplateKey);
        if (added is not null)
            changed[AddedKey] = new JsonObject(added.Select(token => KeyValuePair.Create(token.Id.ToString(CultureInfo.InvariantCulture), (JsonNode?)NodeOf(token))));
        return PythonNumbers.Unquote(changed.ToJsonString(Format)) + "\n";
    }

    /// <summary>The template stands in this file, not in one of its own.</summary>
    public bool HoldsTemplate => root.ContainsKey(TemplateKey);

    public bool ListsAddedTokens => root[AddedKey] is JsonObject;

    static AddedToken? Token(string id, JsonObject? entry) =>
        entry is not null && Text(entry["content"]) is { Length: > 0 } content && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < Vocabulary.MostIds
            ? new AddedToken(number, content, Is(entry, "single_word"), Is(entry, "lstrip"), Is(entry, "rstrip"), Is(entry, "normalized"), Is(entry, "special"))
            : null;

    static JsonObject NodeOf(AddedToken token) => new()
    {
        ["content"] = token.Content,
        ["lstrip"] = token.LeftStrip,
        ["normalized"] = token.Normalized,
        ["rstrip"] = token.RightStrip,
        ["single_word"] = token.SingleWord,
        ["special"] = token.Special,
    };

    static bool Is(JsonObject entry, string key) => entry[key] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
