using System.Text.Json.Nodes;
using MergeEngine.Methods;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>A recipe that gives an adapter: the method <c>extract_lora</c>, which has keys of its own and one model besides the base.</summary>
static class ExtractionSchema
{
    public const string MethodId = ExtractLora.Id;

    public static JsonObject Of(MethodSchema method) => Map(
    [
        .. DocumentSchema.Keys().Where(key => key.Key is not ("seed" or "allow_nonfinite")),
        ("merge_method", new JsonObject()),
        ("base_model", Described(Ref("reference"), "The model that the other was fine-tuned from.")),
        ("models", Described(List(Map([("model", Ref("reference"))], "model"), least: 1, most: 2), "The fine-tuned model.")),
        ("parameters", Described(OrNull(Ref(method.AllParameters)), "How large the adapter is.")),
        ("out_dtype", Described(OrNull(DocumentSchema.Dtype()), "Element type of the adapter, if it is another than 'dtype'.")),
        ("include", Described(Names(), "Patterns of which a module's name must hold one.")),
        ("exclude", Described(Names(), "Patterns of which it may hold none.")),
        ("save_modules", Described(Names(), "Modules that are stored whole, by name or last part of the name.")),
    ], "merge_method", "base_model", "models");

    public static JsonObject IsMeant() => Requiring(Holding(("merge_method", OneOf([MethodId]))), "merge_method");

    static JsonObject Names() => OrNull(List(Text()));
}
