using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Adapters;

/// <summary>Reads adapter_config.json, a file from outside, into an <see cref="AdapterConfig"/>; what changes the numbers in a way that is not supported is an error.</summary>
sealed class AdapterConfigReader
{
    const int MostBytes = 4 << 20;

    /// <summary>More than any adapter has; keeps products of ranks and extents small.</summary>
    const int MostRank = 1 << 16;

    static readonly JsonSerializerOptions AsItStands = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A hostile file is not looked at further.</summary>
    const int MostFindings = 100;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Keys that decide nothing when an adapter is folded: how it was trained and which modules it has, which its tensors say too.</summary>
    static readonly string[] WithoutEffect =
    [
        "auto_mapping", "bias", "corda_config", "ensure_weight_tying", "eva_config", "exclude_modules", "inference_mode", "layers_pattern", "layers_to_transform",
        "loftq_config", "lora_dropout", "lora_ga_config", "megatron_config", "megatron_core", "modules_to_save", "peft_version", "qalora_group_size", "revision",
        "runtime_config", "target_modules", "task_type",
    ];

    /// <summary>Keys that switch on variants of LoRA that are not folded.</summary>
    static readonly string[] Variants =
    [
        "alora_invocation_tokens", "arrow_config", "enable_lora", "kasa_config", "layer_replication", "monteclora_config", "use_bdlora", "use_qalora", "velora_config",
    ];

    static readonly string[] Mutating = ["pissa", "olora", "corda", "lora_ga"];

    readonly string path;
    readonly JsonObject root;
    readonly List<Diagnostic> findings = [];
    readonly HashSet<string> known = [.. WithoutEffect, .. Variants];

    AdapterConfigReader(string path, JsonObject root) => (this.path, this.root) = (path, root);

    SourcePosition Position => new(path);

    /// <exception cref="MergeException">MRG0204: a Git LFS pointer. MRG0281-MRG0285: everything that is wrong.</exception>
    public static AdapterConfig Read(string directory)
    {
        string path = System.IO.Path.Combine(directory, AdapterConfig.FileName);
        try
        {
            if (!File.Exists(path)) throw new MergeException(Errors.NoAdapter(directory, File.Exists(System.IO.Path.Combine(directory, ModelConfig.FileName))));
            return Parse(SmallFile.Read(path, MostBytes, length => Errors.BadAdapterConfig(new(path), $"it has {length} bytes; at most {MostBytes} are read.")), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(path, error.Message));
        }
    }

    public static AdapterConfig Parse(ReadOnlySpan<byte> utf8, string path)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
        try
        {
            var quoted = PythonNumbers.Quote(utf8);
            JsonText.CheckStrings(quoted, Options.MaxDepth);
            return JsonNode.Parse(quoted, documentOptions: Options) is JsonObject root
                ? new AdapterConfigReader(path, root).Config()
                : throw new MergeException(Errors.BadAdapterConfig(new(path), "it holds a JSON value that is not an object."));
        }
        catch (JsonException error)
        {
            throw new MergeException(Errors.BadAdapterConfig(new(path, (int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1), $"it is not valid JSON: {JsonText.Reason(error)}"));
        }
    }

    AdapterConfig Config()
    {
        string? kind = Text("peft_type");
        if (kind != "LORA") throw new MergeException(Errors.AdapterKind(Position, kind));
        foreach (string key in Variants.Where(IsOn)) findings.Add(Errors.AdapterVariant(Position, key));
        AdapterConfig config = new()
        {
            Path = path,
            Rank = Integer("r", Find("r")) ?? 1,
            Alpha = Number("lora_alpha", Find("lora_alpha")) ?? 1,
            RankPatterns = Patterns("rank_pattern", Integer),
            AlphaPatterns = Patterns("alpha_pattern", Number),
            UseRootOfRank = Flag("use_rslora"),
            UseMagnitudes = Flag("use_dora"),
            FanInFanOut = Flag("fan_in_fan_out"),
            UpdatesBiases = Flag("lora_bias"),
            TargetParameters = [.. List("target_parameters", Find("target_parameters"), node => TextOf(node), "names")],
            Tokens = TokensOf(Find("trainable_token_indices")),
            MutatingInitialisation = Find("init_lora_weights") is JsonValue value && value.TryGetValue(out string? name) && Mutating.Any(name.StartsWith) ? name : null,
            BaseModel = Find("base_model_name_or_path") is JsonValue given && given.TryGetValue(out string? model) ? model : null,
        };
        CheckOthers();
        return findings.Exists(finding => finding.Severity == Severity.Error) ? throw new MergeException(findings) : config with { Warnings = findings };
    }

    /// <summary>An unknown switch or part may mean another computation; an unknown note does not.</summary>
    void CheckOthers()
    {
        string[] others = [.. root.Select(entry => entry.Key).Where(key => !known.Contains(key) && IsOn(key))];
        string[] switches = [.. others.Where(key => key.StartsWith("use_", StringComparison.Ordinal) || key.EndsWith("_config", StringComparison.Ordinal))];
        foreach (string key in switches) findings.Add(Errors.AdapterVariant(Position, key));
        string[] notes = [.. others.Except(switches)];
        if (notes.Length > 0) findings.Add(Errors.UnknownAdapterKeys(Position, notes));
    }

    bool IsOn(string key) => root[key] switch
    {
        null => false,
        JsonObject part => part.Count > 0,
        JsonArray list => list.Count > 0,
        JsonValue value => !(value.TryGetValue(out bool flag) && !flag),
        _ => true,
    };

    JsonNode? Find(string key)
    {
        known.Add(key);
        return root[key];
    }

    string? Text(string key) => Find(key) is { } node ? TextOf(node) ?? Wrong(key, "text") : null;

    bool Flag(string key)
    {
        if (Find(key) is not { } node) return false;
        if (node is JsonValue value && value.TryGetValue(out bool flag)) return flag;
        Wrong(key, "true or false");
        return false;
    }

    int? Integer(string key, JsonNode? node)
    {
        if (NumberOf(node) is { } number and >= 1 and <= MostRank && number == Math.Truncate(number)) return (int)number;
        Wrong(key, $"a whole number from 1 to {MostRank}");
        return null;
    }

    double? Number(string key, JsonNode? node)
    {
        if (NumberOf(node) is { } number && double.IsFinite(number)) return number;
        Wrong(key, "a finite number");
        return null;
    }

    List<(ModulePattern Pattern, T Value)> Patterns<T>(string key, Func<string, JsonNode?, T?> read) where T : struct
    {
        List<(ModulePattern, T)> patterns = [];
        if (Find(key) is not { } node) return patterns;
        if (node is not JsonObject map) Wrong(key, "a map from names of modules to numbers");
        else
        {
            foreach (var (text, value) in map)
            {
                if (findings.Count >= MostFindings) break;
                if (read(key, value) is not { } number) continue;
                if (ModulePattern.TryParse(text, out string reason) is { } pattern) patterns.Add((pattern, number));
                else findings.Add(Errors.BadPattern(Position, key, text, reason));
            }
        }
        return patterns;
    }

    /// <summary>A list belongs to the embedding of the tokens; a map names the modules.</summary>
    Dictionary<string, IReadOnlyList<int>> TokensOf(JsonNode? node) => node is JsonObject map
        ? map.ToDictionary(entry => entry.Key, entry => Indices(entry.Value), StringComparer.Ordinal)
        : Indices(node) is { Count: > 0 } indices ? new() { [""] = indices } : [];

    IReadOnlyList<int> Indices(JsonNode? node) =>
        [.. List("trainable_token_indices", node, item => NumberOf(item) is { } number and >= 0 and < int.MaxValue && number == Math.Truncate(number) ? (int?)number : null, "token ids").OfType<int>()];

    IEnumerable<T> List<T>(string key, JsonNode? node, Func<JsonNode?, T?> read, string what)
    {
        if (node is null) return [];
        T?[] items = node is JsonArray list ? [.. list.Select(read)] : [default];
        if (items.Contains(default)) Wrong(key, $"a list of {what}");
        return items.OfType<T>();
    }

    static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    static double? NumberOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number : null;

    string? Wrong(string key, string expected)
    {
        findings.Add(Errors.BadAdapterConfig(Position, $"'{key}' is {Shown(root[key])}; expected {expected}."));
        return null;
    }

    static string Shown(JsonNode? node) => node?.ToJsonString(AsItStands) is not { } json ? "missing" : PythonNumbers.Unquote(json) is var text && text.Length <= 60 ? text : text[..60] + "...";
}
