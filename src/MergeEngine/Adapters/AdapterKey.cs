namespace MergeEngine.Adapters;

/// <summary>The name of an adapter's tensor, taken apart.</summary>
/// <param name="Part">What the tensor is.</param>
/// <param name="Module">Name of the module in the model; of a <see cref="AdapterPart.Replacement"/> the name of the tensor.</param>
/// <param name="Depth">How many layers of adapter lie around it: several parameters of one module are nested.</param>
readonly record struct AdapterKey(AdapterPart Part, string Module, int Depth)
{
    const string Prefix = "base_model.model.", BaseLayer = "base_layer";

    static readonly Dictionary<string, AdapterPart> Parts = new()
    {
        ["lora_A"] = AdapterPart.A,
        ["lora_B"] = AdapterPart.B,
        ["lora_embedding_A"] = AdapterPart.EmbeddingA,
        ["lora_embedding_B"] = AdapterPart.EmbeddingB,
        ["lora_magnitude_vector"] = AdapterPart.Magnitudes,
        ["token_adapter"] = AdapterPart.TrainedRows,
    };

    /// <returns>Null where the name is none that an adapter of LoRA has.</returns>
    public static AdapterKey? TryParse(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        string[] path = name[Prefix.Length..].Split('.');
        int at = Array.FindIndex(path, Parts.ContainsKey);
        if (at == 0 || path.Contains("")) return null;
        if (at < 0) return Replaced(path);
        AdapterPart? part = Leaf(Parts[path[at]], path[(at + 1)..]);
        if (part == AdapterPart.Replacement) return Replaced([.. path[..at], .. path[(at + 1)..]]);
        string[] module = [.. path[..at].Where(step => step != BaseLayer)];
        return part is { } known && module.Length > 0 ? new AdapterKey(known, string.Join('.', module), at - module.Length) : null;
    }

    /// <summary>Names as trainers keep them in memory lose what only memory has: <c>base_layer</c>, <c>modules_to_save</c> and the adapter's name after it.</summary>
    static AdapterKey Replaced(string[] path)
    {
        int saved = Array.IndexOf(path, "modules_to_save");
        IEnumerable<string> steps = saved < 0 ? path : path[..saved].Concat(path[(saved + (saved + 1 < path.Length && path[saved + 1] == "default" ? 2 : 1))..]);
        return new(AdapterPart.Replacement, string.Join('.', steps.Where(step => step != BaseLayer)), 0);
    }

    /// <param name="rest">What follows the part's own name; some tools leave the adapter's name there.</param>
    static AdapterPart? Leaf(AdapterPart part, string[] rest)
    {
        if (part == AdapterPart.TrainedRows)
            return rest is ["trainable_tokens_delta"] or ["trainable_tokens_delta", _] ? part : rest is [BaseLayer, "weight"] ? AdapterPart.Replacement : null;
        string leaf = rest is [.. ([_] or []), "weight" or "bias"] ? rest[^1] : rest.Length <= 1 ? "" : "?";
        return (part, leaf) switch
        {
            (AdapterPart.B, "bias") => AdapterPart.BiasOfB,
            (AdapterPart.A or AdapterPart.B, "weight") => part,
            (AdapterPart.Magnitudes, "weight" or "") => part,
            (AdapterPart.EmbeddingA or AdapterPart.EmbeddingB, "") => part,
            _ => null,
        };
    }
}
