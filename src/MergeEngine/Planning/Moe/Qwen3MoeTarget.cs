using System.Text.Json.Nodes;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

sealed class Qwen3MoeTarget : MoeTarget
{
    public override string Name => "Qwen3 MoE";

    protected override string[] Takes => ["qwen3"];

    public override IEnumerable<(string Key, JsonNode? Value)> Config(MoeRecipe recipe, long innerSize) =>
    [
        ("architectures", new JsonArray("Qwen3MoeForCausalLM")),
        ("model_type", "qwen3_moe"),
        ("num_experts", recipe.Experts.Count),
        ("num_experts_per_tok", recipe.ExpertsPerToken.Value),
        ("decoder_sparse_step", 1),
        ("mlp_only_layers", new JsonArray()),
        ("norm_topk_prob", true),
        ("moe_intermediate_size", innerSize),
        ("output_router_logits", false),
        ("router_aux_loss_coef", 0.001),
    ];
}
