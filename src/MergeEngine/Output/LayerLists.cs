using System.Text.Json.Nodes;
using MergeEngine.Architectures;

namespace MergeEngine.Output;

/// <summary>Fits the values of a configuration that speak of single layers to an output whose layers are chosen, repeated or left out.</summary>
/// <remarks>
/// A list with one entry per layer is rearranged like the layers; a list of indices is translated. A number that selects layers by a rule
/// stays, because the rule may not be able to say the new order: the caller warns.
/// </remarks>
static class LayerLists
{
    /// <summary>Lists of layer indices, by name; all other lists with 'layer' in the name have an entry per layer if they have that length.</summary>
    static readonly string[] Indices = ["mlp_only_layers", "full_attn_idxs", "attn_layer_indices", "cross_attention_layers", "moe_layers", "global_attn_layers"];

    static readonly string[] Rules =
    [
        "first_k_dense_replace", "max_window_layers", "decoder_sparse_step", "interleave_moe_layer_step", "sliding_window_pattern",
        "full_attention_interval", "global_attn_every_n_layers", "no_rope_layer_interval", "attn_layer_period", "expert_layer_period",
    ];

    /// <summary>Sets the number of layers and the lists beside it.</summary>
    /// <returns>Keys that cannot be fitted; an empty one if the number of layers itself has no key.</returns>
    public static IReadOnlyList<string> Edit(JsonObject root, LayerEdit edit)
    {
        if (edit.CountKey is not { } countKey) return [""];
        OutputConfig.Set(root, countKey, JsonValue.Create(edit.Sources.Count));
        JsonObject beside = countKey.Contains('.') ? (JsonObject)ModelConfig.Find(root, countKey[..countKey.LastIndexOf('.')])! : root;
        foreach ((string key, JsonNode? value) in beside.ToList())
        {
            if (value is JsonArray list && Fit(key, list, edit) is { } fitted) beside[key] = fitted;
        }
        return [.. Rules.Where(key => beside[key] is JsonValue)];
    }

    static JsonArray? Fit(string key, JsonArray list, LayerEdit edit)
    {
        if (Indices.Contains(key)) return Translate(list, edit);
        return key.Contains("layer", StringComparison.Ordinal) && list.Count == edit.DonorLayers
            ? [.. edit.Sources.Select(source => list[source]?.DeepClone())]
            : null;
    }

    static JsonArray Translate(JsonArray list, LayerEdit edit)
    {
        HashSet<long> indices = [.. list.OfType<JsonValue>().Select(value => value.TryGetValue(out long index) ? index : -1)];
        return [.. Enumerable.Range(0, edit.Sources.Count).Where(layer => indices.Contains(edit.Sources[layer])).Select(layer => (JsonNode)JsonValue.Create(layer))];
    }
}
