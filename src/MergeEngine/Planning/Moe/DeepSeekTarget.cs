using System.Text.Json.Nodes;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>The first DeepSeek MoE, whose code is not part of transformers but of a repository.</summary>
sealed class DeepSeekTarget : MoeTarget
{
    const string Code = "deepseek-ai/deepseek-moe-16b-base--";

    public override string Name => "DeepSeek MoE";

    protected override string[] Takes => ["llama", "mistral"];

    public override string? SharedName(string layer, string tensor) => $"{layer}.mlp.shared_experts.{tensor}";

    public override IEnumerable<(string Key, JsonNode? Value)> Config(MoeRecipe recipe, long innerSize) =>
    [
        ("architectures", new JsonArray("DeepseekForCausalLM")),
        ("model_type", "deepseek"),
        ("n_routed_experts", recipe.Experts.Count),
        ("n_shared_experts", recipe.SharedExperts.Count > 0 ? recipe.SharedExperts.Count : null),
        ("num_experts_per_tok", recipe.ExpertsPerToken.Value),
        ("first_k_dense_replace", 0),
        ("moe_layer_freq", 1),
        ("scoring_func", "softmax"),
        ("norm_topk_prob", true),
        ("moe_intermediate_size", innerSize),
        ("auto_map", new JsonObject
        {
            ["AutoConfig"] = Code + "configuration_deepseek.DeepseekConfig",
            ["AutoModel"] = Code + "modeling_deepseek.DeepseekModel",
            ["AutoModelForCausalLM"] = Code + "modeling_deepseek.DeepseekForCausalLM",
        }),
    ];

    protected override string? RefuseShared(MoeRecipe recipe) =>
        recipe.SharedExperts.Count > 1 ? $"{Name} has one shared expert at most"
        : recipe.SharedExperts.Any(expert => expert.Positive.Count + expert.Negative.Count > 0) ? $"the shared expert of {Name} has no gate and takes no prompts"
        : null;
}
