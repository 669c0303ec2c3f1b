using System.Text.Json.Nodes;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>A mixture of experts as <see cref="MoeReader"/> takes it.</summary>
static class MoeSchema
{
    public static JsonObject Of()
    {
        JsonObject recipe = Map(Keys(), [.. new[] { "base_model", "experts" }, .. GateModes.Accepted.Contains(GateModes.Default) ? Array.Empty<string>() : ["gate_mode"]]);
        JsonObject byPrompts = Requiring(Holding(("gate_mode", OneOf([GateModes.NameOf(GateMode.CheapEmbed)]))), "gate_mode");
        JsonObject withPrompts = Requiring(Holding(("positive_prompts", List(Text(), least: 1))), "positive_prompts");
        recipe["allOf"] = new JsonArray(When(byPrompts, Holding(("experts", new JsonObject { ["items"] = withPrompts }))));
        return recipe;
    }

    public static (string Key, JsonObject Schema) Expert() => ("expert", Map(
    [
        ("source_model", Described(Ref("reference"), "The dense model whose MLP becomes the expert.")),
        ("positive_prompts", Described(OrNull(List(Text())), "Texts that should reach this expert.")),
        ("negative_prompts", Described(OrNull(List(Text())), "Texts that should not.")),
        ("noise_scale", Described(OrNull(SettingSchema.Number()), "Deviation of normal noise that is added to the matrices.")),
        ("residual_scale", Described(OrNull(SettingSchema.Number()), "Factor of the down projection.")),
    ], "source_model"));

    static IEnumerable<(string Key, JsonObject Value)> Keys() =>
    [
        .. DocumentSchema.Keys(),
        ("base_model", Described(Ref("reference"), "Gives everything but the experts: attention, embeddings, norms, config.json and the tokenizer.")),
        ("experts", Described(List(Ref("expert"), least: 1), "Dense models that a router chooses from for each token.")),
        ("shared_experts", Described(OrNull(List(Ref("expert"))), "Experts that see every token.")),
        ("gate_mode", Described(OrNull(OneOf(GateModes.Accepted)), "What the router is made of: the prompts' embeddings, or random numbers.")),
        ("experts_per_token", Described(OrNull(SettingSchema.Integer(1)), "Experts that a token is sent to; 2 if not given.")),
        ("architecture", Described(OrNull(Text()), "Start of the name of the output's architecture; the first that takes the models if not given.")),
        ("allow_all_same", Described(OrNull(SettingSchema.Boolean()), "true: all experts may be one model, to be trained afterwards.")),
    ];
}
