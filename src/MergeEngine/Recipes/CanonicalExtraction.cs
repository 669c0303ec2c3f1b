using MergeEngine.Recipes.Yaml;
using static MergeEngine.Recipes.CanonicalRecipe;

namespace MergeEngine.Recipes;

/// <summary>The one form of an extraction: see <see cref="CanonicalRecipe"/>.</summary>
static class CanonicalExtraction
{
    public static YamlMap NodeOf(ExtractionRecipe recipe) => Map(recipe.Position,
        Entry("allow_dropped_tensors", recipe.AllowDroppedTensors, Boolean),
        Entry("base_model", recipe.Base, Reference),
        Entry("dtype", recipe.Dtype, DtypeName),
        Texts("exclude", recipe.Modules.Exclude, pattern => pattern.ToString()),
        Texts("include", recipe.Modules.Include, pattern => pattern.ToString()),
        ("merge_method", new YamlScalar(recipe.Method.Position, recipe.Spec.Id)),
        ("models", List(recipe.Model.Position, [recipe.Model], model => Map(model.Position, ("model", Reference(model))))),
        Entry("name", recipe.Name, Text),
        CanonicalRecipe.Parameters(recipe.Position, recipe.Parameters),
        Texts("save_modules", recipe.Modules.Saved, name => name));

    static (string, YamlNode?) Texts<T>(string key, IReadOnlyList<Placed<T>> values, Func<T, string> textOf) =>
        (key, values.Count == 0 ? null : List(values[0].Position, values, value => new YamlScalar(value.Position, textOf(value.Value), isPlain: false)));
}
