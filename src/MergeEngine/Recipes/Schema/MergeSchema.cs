using System.Text.Json.Nodes;
using MergeEngine.Methods;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>A merge recipe as <see cref="RecipeReader"/> takes it: its keys, and those of models, slices, sources and modules.</summary>
static class MergeSchema
{
    public static JsonObject Of(IEnumerable<MethodSchema> methods)
    {
        JsonObject recipe = Map(Keys(), "merge_method");
        recipe["allOf"] = new JsonArray([.. methods.Select(method => method.Rule), .. ExactlyOne("models", "slices", "modules"), TokenizerSchema.NotBoth()]);
        return recipe;
    }

    public static IEnumerable<(string Key, JsonObject Schema)> Definitions() =>
    [
        ("model", Map([("model", Described(Ref("reference"), "The model.")), ("parameters", Parameters("Values of this model."))], "model")),
        ("source", Map(
        [
            ("model", Described(Ref("reference"), "The model that gives the layers.")),
            ("layer_range", Described(Layers(), "First layer, and the one after the last; numbers start at 0.")),
            ("parameters", Parameters("Values of this source.")),
        ], "model", "layer_range")),
        ("slice", Map(
        [
            ("sources", Described(List(Ref("source"), least: 1), "Layer ranges of equal length that are merged.")),
            ("base_model", Described(OrNull(Ref("reference")), "The base for this slice.")),
            ("parameters", Parameters("Values of this slice; gradients run over its layers.")),
        ], "sources")),
        ("module", AnyOf(Null(), Module(Map(
        [
            ("models", Described(OrNull(List(Ref("model"))), "Models whose module is merged, with all its layers.")),
            ("slices", Described(OrNull(List(Ref("slice"))), "Layers of the module, slice by slice.")),
            ("parameters", Parameters("Values of this module.")),
        ])))),
    ];

    static IEnumerable<(string Key, JsonObject Value)> Keys() =>
    [
        .. DocumentSchema.Keys(),
        ("merge_method", new JsonObject()),
        ("models", Described(OrNull(List(Ref("model"))), "Models that are merged, with all their layers.")),
        ("slices", Described(OrNull(List(Ref("slice"))), "The output's layers, slice by slice, from layer ranges of models.")),
        ("modules", Described(OrNull(new JsonObject { ["type"] = "object", ["additionalProperties"] = Ref("module") }),
            "A recipe for each module of the architecture, such as encoder and decoder. 'name: null' leaves one out.")),
        ("base_model", Described(OrNull(Ref("reference")), "The model that the others were fine-tuned from. Also gives config.json and the tokenizer.")),
        ("parameters", Parameters("Values for all models and tensors, unless a module, slice or model has its own.")),
        ("out_dtype", Described(OrNull(DocumentSchema.Dtype()), "Element type of the output, if it is another than 'dtype'.")),
        ("tensors", Described(OrNull(OneOf(["all", "intersection", "union"])), "Which tensors are merged where the models are weight files that differ.")),
        .. TokenizerSchema.Keys(),
    ];

    /// <summary>What they may be is said by the rule of the method.</summary>
    static JsonObject Parameters(string description) => Described(new JsonObject { ["type"] = new JsonArray("object", "null") }, description);

    static JsonObject Layers() => List(new JsonObject { ["type"] = new JsonArray("integer", "string", "boolean"), ["minimum"] = 0, ["pattern"] = @"^\s*\+?[0-9]+(\.0*)?\s*$" }, 2, 2);

    static JsonObject Module(JsonObject map)
    {
        map["allOf"] = new JsonArray([.. ExactlyOne("models", "slices")]);
        return map;
    }

    /// <summary>Of these keys exactly one has something in it. Said by conditions: editors would offer the branches of a choice as texts to insert.</summary>
    static IEnumerable<JsonObject> ExactlyOne(params string[] keys)
    {
        yield return When(Not(AnyOf(keys[1..].Select(Filled))), Filled(keys[0]));
        for (int i = 0; i < keys.Length - 1; i++) yield return When(Filled(keys[i]), Holding(keys[(i + 1)..].Select(other => (other, Empty(other)))));
    }

    static JsonObject Filled(string key) => Requiring(Holding((key, key == "modules"
        ? new JsonObject { ["type"] = "object", ["not"] = Empty(key) }
        : new JsonObject { ["type"] = "array", ["minItems"] = 1 })), key);

    /// <summary>Nothing, an empty list, or modules that are all left out.</summary>
    static JsonObject Empty(string key) => key == "modules" ? new JsonObject { ["additionalProperties"] = Null() } : new JsonObject { ["maxItems"] = 0 };
}
