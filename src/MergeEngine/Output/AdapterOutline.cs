using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Planning;

namespace MergeEngine.Output;

/// <summary>What the adapter_config.json of a PEFT folder says besides ranks.</summary>
public sealed record AdapterOutline
{
    public const string ConfigName = "adapter_config.json";

    /// <summary>Name of the weight file without what follows it.</summary>
    public const string WeightsName = "adapter_model";

    static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The base, as it may be shown.</summary>
    public required string BaseModel { get; init; }

    /// <summary>PEFT's word for what the model does, such as <c>CAUSAL_LM</c>; null: not known.</summary>
    public string? TaskType { get; init; }

    /// <summary>Weights of linear modules are stored input first.</summary>
    public bool FanInFanOut { get; init; }

    /// <summary>Differences of biases are stored with the factors.</summary>
    public bool HasBiases { get; init; }

    /// <summary>Embeddings of another size are stored, which the base has to be resized to.</summary>
    public bool IsResized { get; init; }

    /// <summary>Names of all modules of the model.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>Names of the modules that are stored whole.</summary>
    public required IReadOnlyList<string> Saved { get; init; }

    /// <summary>The file. The scale of every module is 1: alpha is its rank.</summary>
    /// <param name="factorings">Those of the modules that have factors.</param>
    /// <remarks>Source: specs/methods-b.md 0.3. <c>r</c> is the commonest rank, of equally common ones the largest; the other modules are named with theirs.</remarks>
    public OutputText Config(IReadOnlyList<Factoring> factorings)
    {
        int rank = factorings.GroupBy(factoring => factoring.Rank).OrderByDescending(same => same.Count()).ThenByDescending(same => same.Key).Select(same => same.Key).FirstOrDefault(1);
        JsonObject Ranks() => new(factorings.Where(factoring => factoring.Rank != rank).OrderBy(factoring => factoring.Module, StringComparer.Ordinal)
            .Select(factoring => KeyValuePair.Create(factoring.Module, (JsonNode?)JsonValue.Create(factoring.Rank))));
        var config = new JsonObject
        {
            ["alpha_pattern"] = Ranks(),
            ["base_model_name_or_path"] = BaseModel,
            ["bias"] = "none",
            ["fan_in_fan_out"] = FanInFanOut,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["lora_alpha"] = rank,
            ["lora_bias"] = HasBiases,
            ["lora_dropout"] = 0,
            ["modules_to_save"] = Saved.Count == 0 ? null : Names(Saved, (module, name) => module.EndsWith(name, StringComparison.Ordinal)),
            ["peft_type"] = "LORA",
            ["r"] = rank,
            ["rank_pattern"] = Ranks(),
            ["revision"] = null,
            ["target_modules"] = Names([.. factorings.Select(factoring => factoring.Module)], (module, name) => module == name || module.EndsWith("." + name, StringComparison.Ordinal)),
            ["task_type"] = TaskType,
            ["use_dora"] = false,
            ["use_rslora"] = false,
        };
        return new OutputText(ConfigName, config.ToJsonString(Format) + "\n");
    }

    /// <summary>Last parts of the names where they choose no other module, as PEFT chooses; else the whole names.</summary>
    JsonArray Names(IReadOnlyList<string> chosen, Func<string, string, bool> chooses)
    {
        SortedSet<string> names = new(chosen.Select(module => module.Split('.')[^1]), StringComparer.Ordinal);
        bool choosesOthers = Modules.Except(chosen).Any(module => names.Any(name => chooses(module, name)));
        return [.. (choosesOthers ? new SortedSet<string>(chosen, StringComparer.Ordinal) : names).Select(name => (JsonNode?)JsonValue.Create(name))];
    }
}
