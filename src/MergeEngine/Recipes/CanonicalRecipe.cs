using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Builds the one form of a recipe: what has an effect, keys sorted, lists of one number as that number.</summary>
static class CanonicalRecipe
{
    public static YamlMap NodeOf(MergeRecipe recipe)
    {
        RecipeModule first = recipe.Modules[0];
        return Map(recipe.Position,
            Entry("allow_dropped_tensors", recipe.AllowDroppedTensors, Boolean),
            Entry("allow_nonfinite", recipe.AllowNonfinite, Boolean),
            Entry("base_model", recipe.Base, Reference),
            Entry("chat_template", recipe.ChatTemplate, Text),
            Entry("dtype", recipe.Dtype, DtypeName),
            ("merge_method", new YamlScalar(recipe.Method.Position, recipe.Spec.Id)),
            first.Name is null ? Body(first) : ("modules", Map(first.Position, [.. recipe.Modules.Select(Module)])),
            Entry("name", recipe.Name, Text),
            Entry("out_dtype", recipe.OutDtype, DtypeName),
            Parameters(recipe.Position, recipe.Parameters),
            Entry("seed", recipe.Seed, Seed),
            Entry("tensors", recipe.Tensors, tensors => new YamlScalar(tensors.Position, tensors.Value.ToString().ToLowerInvariant())),
            ("tokenizer", recipe.Tokenizer is null ? null : CanonicalTokenizer.NodeOf(recipe.Tokenizer)));
    }

    static (string, YamlNode?) Module(RecipeModule module) => (module.Name!, module.Slices is null
        ? new YamlScalar(module.Position, "null")
        : Map(module.Position, Body(module), Parameters(module.Position, module.Parameters)));

    static (string, YamlNode?) Body(RecipeModule module) => module.Slices![0].WholeModels
        ? ("models", List(module.Slices[0].Position, module.Slices[0].Sources, Source))
        : ("slices", List(module.Slices[0].Position, module.Slices, Slice));

    static YamlMap Slice(RecipeSlice slice) => Map(slice.Position,
        Entry("base_model", slice.Base, Reference),
        Parameters(slice.Position, slice.Parameters),
        ("sources", List(slice.Position, slice.Sources, Source)));

    static YamlMap Source(RecipeSource source) => Map(source.Model.Position,
        Entry("layer_range", source.Layers, layers => Numbers(layers.Position, [layers.Value.Start, layers.Value.End], [])),
        ("model", Reference(source.Model)),
        Parameters(source.Model.Position, source.Parameters));

    internal static (string, YamlNode?) Parameters(SourcePosition position, IReadOnlyDictionary<string, Setting> settings) =>
        ("parameters", settings.Count == 0 ? null : Map(position, [.. settings.Values.Select(setting => (setting.Name, (YamlNode?)Value(setting)))]));

    static YamlNode Value(Setting setting) => setting.Cases is [{ Filter: null } only]
        ? Gradient(only, setting.Words)
        : List(setting.Position, setting.Cases, item => Map(item.Position,
            ("filter", item.Filter is null ? null : new YamlScalar(item.Position, item.Filter, isPlain: false)),
            ("value", Gradient(item, setting.Words))));

    static YamlNode Gradient(SettingCase item, IReadOnlyList<string> words) =>
        item.Values is [double only] ? Number(item.Position, only, words) : Numbers(item.Position, item.Values, words);

    static YamlList Numbers(SourcePosition position, IEnumerable<double> values, IReadOnlyList<string> words) =>
        List(position, [.. values], value => Number(position, value, words));

    /// <summary>0 and 1 stay numbers, which mergekit reads too.</summary>
    static YamlScalar Number(SourcePosition position, double value, IReadOnlyList<string> words) =>
        new(position, value > 1 && value < words.Count ? words[(int)value] : value.ToString("R", CultureInfo.InvariantCulture));

    internal static YamlNode Reference(Placed<ModelReference> model)
    {
        var (reference, position) = (model.Value, model.Position);
        if (reference.HasTextForm) return new YamlScalar(position, reference.ToString(), isPlain: false);
        return Map(position,
            ("lora", Adapters(position, [.. reference.Adapters])),
            ("model", Path(position, reference.Path, reference.Revision)),
            ("override_architecture", Optional(position, reference.OverrideArchitecture)));
    }

    static YamlNode? Adapters(SourcePosition position, IReadOnlyList<AdapterReference> adapters) => adapters switch
    {
        [] => null,
        [var only] => Adapter(position, only),
        _ => List(position, adapters, adapter => Adapter(position, adapter)),
    };

    static YamlMap Adapter(SourcePosition position, AdapterReference adapter) => Map(position,
        ("base_is_mutated", adapter.BaseIsMutated ? new YamlScalar(position, "true") : null),
        ("path", Optional(position, adapter.Path)),
        ("revision", Optional(position, adapter.Revision)),
        ("weight", adapter.Weight == 1 ? null : Number(position, adapter.Weight, [])));

    static YamlMap Path(SourcePosition position, string path, string? revision) =>
        Map(position, ("path", Optional(position, path)), ("revision", Optional(position, revision)));

    static YamlScalar? Optional(SourcePosition position, string? text) => text is null ? null : new YamlScalar(position, text, isPlain: false);

    internal static YamlScalar Seed(Placed<ulong> seed) => new(seed.Position, seed.Value.ToString(CultureInfo.InvariantCulture));

    internal static YamlScalar Boolean(Placed<bool> value) => new(value.Position, value.Value ? "true" : "false");

    internal static YamlScalar Text(Placed<string> text) => new(text.Position, text.Value, isPlain: false);

    internal static YamlScalar DtypeName(Placed<Dtype> dtype) => new(dtype.Position, DtypeNames.NameOf(dtype.Value)!);

    internal static (string, YamlNode?) Entry<T>(string key, Placed<T>? value, Func<Placed<T>, YamlNode> nodeOf) =>
        (key, value is { } given ? nodeOf(given) : null);

    internal static YamlList List<T>(SourcePosition position, IReadOnlyList<T> items, Func<T, YamlNode> nodeOf) => new(position, [.. items.Select(nodeOf)]);

    internal static YamlMap Map(SourcePosition position, params IReadOnlyList<(string Key, YamlNode? Value)> entries) => new(position,
        [.. entries.Where(entry => entry.Value is not null).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new YamlEntry(entry.Key, entry.Value!.Position, entry.Value))]);
}
