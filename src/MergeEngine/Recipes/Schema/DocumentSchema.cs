using System.Text.Json.Nodes;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>Keys of recipes of every kind, and what a model is called.</summary>
static class DocumentSchema
{
    public static IEnumerable<(string Key, JsonObject Value)> Keys() =>
    [
        ("name", Described(OrNull(Text(@"^[^/\\:*?""<>|\n\r\t]+$")), "Name of the result: of its folder, and for other recipes of the project. Needed where a file has several documents.")),
        ("dtype", Described(OrNull(Dtype()), "Element type of the output. Arithmetic is float32 in any case.")),
        ("seed", Described(OrNull(new JsonObject { ["type"] = "integer", ["minimum"] = 0 }), "Start of all random numbers; 0 if not given.")),
        ("allow_nonfinite", Described(OrNull(SettingSchema.Boolean()), "true: NaN and infinity in the inputs pass through instead of being an error.")),
        ("allow_dropped_tensors", Described(OrNull(SettingSchema.Boolean()), "true: tensors that the architecture does not know are left out instead of being an error.")),
    ];

    public static JsonObject Dtype() => OneOf(DtypeNames.Accepted.Concat(DtypeNames.Accepted.Select(name => $"torch.{name}")));

    public static IEnumerable<(string Key, JsonObject Schema)> Definitions() =>
    [
        ("reference", AnyOf(
            Described(Text(@"^[^+@]+(@[^+@]*)?(\+[^+@]+(@[^+@]*)?)?$"), "PATH[@REVISION][+ADAPTER[@REVISION]]: a folder, relative to the project or to the recipe, an alias of a MergeInput, or the name of another recipe."),
            Map(
            [
                ("model", Described(Ref("path"), "The model.")),
                ("lora", Described(OrNull(AnyOf(Ref("adapter"), List(Ref("adapter"), most: ReferenceReader.MostAdapters))), "The adapter that is added to it, or several in their order.")),
                ("override_architecture", Described(OrNull(Text()), "Takes the place of 'architectures' in the model's config.json.")),
            ], "model"))),
        ("path", AnyOf(PathText(), Map(Path(), "path"))),
        ("adapter", AnyOf(PathText(), Map(
        [
            .. Path(),
            ("weight", Described(OrNull(SettingSchema.Number()), "Factor of the adapter's updates; 1 if not given.")),
            ("base_is_mutated", Described(OrNull(SettingSchema.Boolean()), "true: the model is the one that the adapter's initialisation left behind.")),
        ], "path"))),
    ];

    static JsonObject PathText() => Described(Text("^[^+@]+(@[^+@]*)?$"), "PATH[@REVISION]");

    static IEnumerable<(string Key, JsonObject Value)> Path() =>
        [("path", Described(Text("."), "A folder; its name may hold '+' and '@'.")), ("revision", OrNull(Text()))];
}
