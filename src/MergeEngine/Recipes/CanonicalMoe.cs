using System.Globalization;
using MergeEngine.Recipes.Yaml;
using static MergeEngine.Recipes.CanonicalRecipe;

namespace MergeEngine.Recipes;

/// <summary>Builds the one form of a mixture-of-experts recipe.</summary>
static class CanonicalMoe
{
    public static YamlMap NodeOf(MoeRecipe recipe) => Map(recipe.Position,
        Entry("allow_all_same", recipe.AllowAllSame, Boolean),
        Entry("allow_dropped_tensors", recipe.AllowDroppedTensors, Boolean),
        Entry("allow_nonfinite", recipe.AllowNonfinite, Boolean),
        Entry("architecture", recipe.Architecture, Text),
        Entry("base_model", recipe.Base, Reference),
        Entry("dtype", recipe.Dtype, DtypeName),
        ("experts", List(recipe.Position, recipe.Experts, Expert)),
        ("experts_per_token", new YamlScalar(recipe.ExpertsPerToken.Position, recipe.ExpertsPerToken.Value.ToString(CultureInfo.InvariantCulture))),
        ("gate_mode", new YamlScalar(recipe.GateMode.Position, GateModes.NameOf(recipe.GateMode.Value))),
        Entry("name", recipe.Name, Text),
        Entry("seed", recipe.Seed, Seed),
        ("shared_experts", recipe.SharedExperts.Count == 0 ? null : List(recipe.Position, recipe.SharedExperts, Expert)));

    static YamlMap Expert(MoeExpert expert) => Map(expert.Model.Position,
        ("negative_prompts", Prompts(expert.Negative)),
        Entry("noise_scale", expert.NoiseScale, Number),
        ("positive_prompts", Prompts(expert.Positive)),
        Entry("residual_scale", expert.ResidualScale, Number),
        ("source_model", Reference(expert.Model)));

    static YamlList? Prompts(IReadOnlyList<Placed<string>> prompts) => prompts.Count == 0 ? null : List(prompts[0].Position, prompts, Text);

    static YamlScalar Number(Placed<double> value) => new(value.Position, value.Value.ToString("R", CultureInfo.InvariantCulture));
}
