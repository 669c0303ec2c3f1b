using System.Text.Json.Nodes;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

sealed class Qwen2MoeTarget : MoeTarget
{
    public override string Name => "Qwen MoE";

    protected override string[] Takes => ["qwen2", "llama", "mistral"];

    public override bool NeedsAttentionBiases => true;

    public override bool Has(string tensor) => !tensor.EndsWith(".o_proj.bias", StringComparison.Ordinal);

    public override string? SharedName(string layer, string tensor) => $"{layer}.mlp.shared_expert.{tensor}";

    public override string? SharedGateName(string layer) => $"{layer}.mlp.shared_expert_gate.weight";

    public override IEnumerable<(string Key, JsonNode? Value)> Config(MoeRecipe recipe, long innerSize) =>
    [
        ("architectures", new JsonArray("Qwen2MoeForCausalLM")),
        ("model_type", "qwen2_moe"),
        ("num_experts", recipe.Experts.Count),
        ("num_experts_per_tok", recipe.ExpertsPerToken.Value),
        ("decoder_sparse_step", 1),
        ("mlp_only_layers", new JsonArray()),
        ("norm_topk_prob", true),
        ("moe_intermediate_size", innerSize),
        ("shared_expert_intermediate_size", innerSize),
        ("qkv_bias", true),
        ("sliding_window", null),
        ("use_sliding_window", false),
        ("output_router_logits", false),
        ("router_aux_loss_coef", 0.001),
    ];

    protected override string? RefuseShared(MoeRecipe recipe) =>
        recipe.SharedExperts.Count != 1 ? $"{Name} needs exactly one shared expert"
        : recipe.GateMode.Value == GateMode.CheapEmbed && !recipe.SharedExperts[0].HasPrompts ? $"the shared expert of {Name} has a gate and needs prompts"
        : null;
}
