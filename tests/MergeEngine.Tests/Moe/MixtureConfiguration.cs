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

    /// <summary>What an old Llama leaves unsaid means something else in a Mixtral.</summary>
    [Fact]
    public void SaysWhatTheBaseLeftToItsClass()
    {
        string folder = Directory.CreateTempSubdirectory("moe-").FullName;
        try
        {
            JsonObject root = JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "models", "llama-base", "config.json")))!.AsObject();
            foreach (string key in new[] { "num_key_value_heads", "rope_parameters", "rms_norm_eps", "max_position_embeddings" }) root.Remove(key);
            File.WriteAllText(Path.Combine(folder, "config.json"), root.ToJsonString());
            File.Copy(Path.Combine(TestData.Folder, "models", "llama-base", "model.safetensors"), Path.Combine(folder, "model.safetensors"));
            JsonNode config = Mixtures.Plan(Mixtures.Recipe("llama").Replace("base_model: models/llama-base", $"base_model: {folder}", StringComparison.Ordinal)).Config();
            Assert.Equal((4, 10000.0, 1e-6, 2048), ((int)config["num_key_value_heads"]!, (double)config["rope_theta"]!, (double)config["rms_norm_eps"]!, (int)config["max_position_embeddings"]!));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
