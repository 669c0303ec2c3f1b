using System.Text.Json.Nodes;
using MergeEngine.Tests.Planning;

namespace MergeEngine.Tests.Moe;

public class MixtureConfiguration
{
    [Fact]
    public void OfMixtralIsTheBasesWithExperts()
    {
        JsonNode config = Mixtures.Plan(Mixtures.Recipe("mistral", "experts_per_token: 1")).Config();
        Assert.Equal(("mixtral", 2, 1), ((string?)config["model_type"], (int)config["num_local_experts"]!, (int)config["num_experts_per_tok"]!));
        Assert.True(config.AsObject().ContainsKey("sliding_window"));
        Assert.Null(config["sliding_window"]);
        Assert.Equal((32, 48, 2), ((int)config["hidden_size"]!, (int)config["intermediate_size"]!, (int)config["num_key_value_heads"]!));
    }

    [Fact]
    public void OfQwenSaysTheSizesOfExperts()
    {
        JsonNode config = Mixtures.Plan(Mixtures.WithShared("qwen2")).Config();
        Assert.Equal((48, 48, 1), ((int)config["moe_intermediate_size"]!, (int)config["shared_expert_intermediate_size"]!, (int)config["decoder_sparse_step"]!));
        Assert.Equal((true, false), ((bool)config["norm_topk_prob"]!, (bool)config["use_sliding_window"]!));
    }

    [Fact]
    public void OfQwenHasNoSlidingWindowInAnyLayer()
    {
        JsonNode config = WithBase("qwen2", root =>
        {
            root["use_sliding_window"] = true;
            root["sliding_window"] = 32;
            root["layer_types"] = new JsonArray("full_attention", "sliding_attention");
        });
        Assert.Equal("""["full_attention","full_attention"]""", config["layer_types"]!.ToJsonString());
        Assert.Null(config["sliding_window"]);
    }

    /// <summary>What an old Llama leaves unsaid means something else in a Mixtral.</summary>
    [Fact]
    public void SaysWhatTheBaseLeftToItsClass()
    {
        JsonNode config = WithBase("llama", root =>
        {
            foreach (string key in new[] { "num_key_value_heads", "rope_parameters", "rms_norm_eps", "max_position_embeddings" }) root.Remove(key);
        });
        Assert.Equal((4, 10000.0, 1e-6, 2048), ((int)config["num_key_value_heads"]!, (double)config["rope_theta"]!, (double)config["rms_norm_eps"]!, (int)config["max_position_embeddings"]!));
    }

    /// <summary>The mixture's configuration, where that of the base is changed.</summary>
    static JsonNode WithBase(string family, Action<JsonObject> change)
    {
        string folder = Directory.CreateTempSubdirectory("moe-").FullName, original = Path.Combine(TestData.Folder, "models", $"{family}-base");
        try
        {
            JsonObject root = JsonNode.Parse(File.ReadAllText(Path.Combine(original, "config.json")))!.AsObject();
            change(root);
            File.WriteAllText(Path.Combine(folder, "config.json"), root.ToJsonString());
            File.Copy(Path.Combine(original, "model.safetensors"), Path.Combine(folder, "model.safetensors"));
            string recipe = family == "qwen2" ? Mixtures.WithShared(family) : Mixtures.Recipe(family);
            return Mixtures.Plan(recipe.Replace($"base_model: models/{family}-base", $"base_model: {folder}", StringComparison.Ordinal)).Config();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
