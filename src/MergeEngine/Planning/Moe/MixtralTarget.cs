using System.Text.Json.Nodes;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

sealed class MixtralTarget : MoeTarget
{
    static readonly Dictionary<string, string> Names = new() { ["gate_proj.weight"] = "w1.weight", ["down_proj.weight"] = "w2.weight", ["up_proj.weight"] = "w3.weight" };

    public override string Name => "Mixtral";

    protected override string[] Takes => ["llama", "mistral"];

    public override bool Has(string tensor) => !tensor.EndsWith("_proj.bias", StringComparison.Ordinal);

    public override string ExpertName(string layer, int expert, string tensor) => $"{layer}.block_sparse_moe.experts.{expert}.{Names[tensor]}";

    public override string RouterName(string layer) => $"{layer}.block_sparse_moe.gate.weight";

    public override IEnumerable<(string Key, JsonNode? Value)> Config(MoeRecipe recipe, long innerSize) =>
    [
        ("architectures", new JsonArray("MixtralForCausalLM")),
        ("model_type", "mixtral"),
        ("num_local_experts", recipe.Experts.Count),
        ("num_experts_per_tok", recipe.ExpertsPerToken.Value),
        ("sliding_window", null),
        ("output_router_logits", false),
        ("router_aux_loss_coef", 0.001),
    ];
}
