using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Methods;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>The JSON schema of one document of a recipe file, so that editors complete and check recipes; made of the methods and of what readers take.</summary>
/// <remarks>A recipe that is read without errors and warnings fits it. It cannot see models, the order of numbers, or other documents: the plan does.</remarks>
public static class RecipeSchema
{
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The schema for all methods of this assembly, with a last line break.</returns>
    public static string Text() => Of([.. MethodRegistry.All.Values, new ExtractLora()]).ToJsonString(Layout) + "\n";

    static JsonObject Of(IEnumerable<IMergeMethod> registered)
    {
        MethodSchema[] methods = [.. registered.Select(method => new MethodSchema(method))];
        var extraction = methods.Where(method => method.Id == ExtractionSchema.MethodId);
        JsonObject merge = extraction.Any() ? When(ExtractionSchema.IsMeant(), Ref("extraction"), Ref("merge")) : Ref("merge");
        var definitions = DocumentSchema.Definitions().Concat(MergeSchema.Definitions()).Concat(methods.SelectMany(method => method.Definitions()))
            .Concat([("merge", MergeSchema.Of(methods)), ("moe", MoeSchema.Of()), MoeSchema.Expert()])
            .Concat(extraction.Select(method => ("extraction", ExtractionSchema.Of(method))));
        return new JsonObject
        {
            ["$schema"] = Dialect,
            ["description"] = "What a model is made of: mergekit's recipe language and MergeSdk's additions.",
            ["type"] = "object",
            // Here and not in the kinds, so that editors offer all of them before there is one.
            ["properties"] = new JsonObject { ["merge_method"] = new JsonObject { ["description"] = "How the models are merged.", ["oneOf"] = new JsonArray([.. methods.Select(method => method.Name)]) } },
            ["allOf"] = new JsonArray(When(Has("experts"), Ref("moe"), merge)),
            ["definitions"] = new JsonObject(definitions.Select(definition => KeyValuePair.Create(definition.Item1, (JsonNode?)definition.Item2))),
        };
    }

    /// <summary>A document without a method is of another kind by one of its keys.</summary>
    static JsonObject Has(string key)
    {
        JsonObject has = Requiring(Holding((key, Not(Null()))), key);
        has["not"] = Requiring("merge_method");
        return has;
    }
}
