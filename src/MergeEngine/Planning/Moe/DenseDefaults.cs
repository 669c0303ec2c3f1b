using System.Text.Json.Nodes;
using MergeEngine.Architectures;

namespace MergeEngine.Planning.Moe;

/// <summary>What a configuration of a dense model leaves unsaid: the defaults of its class, where those of the mixture's class are others.</summary>
/// <remarks>Source: the configuration classes of transformers.</remarks>
static class DenseDefaults
{
    static readonly Dictionary<string, (string Key, JsonNode Value)[]> OfArchitecture = new()
    {
        ["llama"] = [("max_position_embeddings", 2048), ("rms_norm_eps", 1e-6), ("vocab_size", 32000)],
        ["mistral"] = [("num_key_value_heads", 8), ("max_position_embeddings", 131072), ("rms_norm_eps", 1e-6), ("vocab_size", 32000)],
        ["qwen2"] = [("num_key_value_heads", 32), ("max_position_embeddings", 32768), ("rms_norm_eps", 1e-6), ("vocab_size", 151936)],
        ["qwen3"] = [("num_key_value_heads", 32), ("head_dim", 128), ("max_position_embeddings", 32768), ("rms_norm_eps", 1e-6), ("vocab_size", 151936)],
    };

    const double RopeTheta = 10000;

    /// <summary>The keys that the configuration lacks.</summary>
    /// <param name="architecture">Name of the dense architecture.</param>
    public static IEnumerable<(string Key, JsonNode? Value)> Missing(string architecture, ModelConfig config)
    {
        foreach ((string key, JsonNode value) in OfArchitecture[architecture].Where(entry => config.Root[entry.Key] is null)) yield return (key, value);
        if (config.Root["rope_theta"] is null && config.Root["rope_parameters"] is null) yield return ("rope_theta", RopeTheta);
        if (architecture == "llama" && config.Root["num_key_value_heads"] is null && config.Integer("num_attention_heads") is { } heads) yield return ("num_key_value_heads", heads);
    }
}
