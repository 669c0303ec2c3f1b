using System.Text.Json.Nodes;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>The keys <c>tokenizer</c>, <c>tokenizer_source</c> and <c>chat_template</c>.</summary>
static class TokenizerSchema
{
    const string Forms = "'union' has the tokens of all models, 'base' those of the base, a model's name those of that model.";

    public static IEnumerable<(string Key, JsonObject Value)> Keys() =>
    [
        ("tokenizer_source", Described(OrNull(Source()), $"Vocabulary of the output. {Forms}")),
        ("tokenizer", Described(OrNull(Map(
        [
            ("source", Described(OrNull(Source()), Forms)),
            ("tokens", Described(OrNull(new JsonObject { ["type"] = "object", ["additionalProperties"] = Token() }), "Where the rows of single tokens come from.")),
            ("pad_to_multiple_of", Described(OrNull(SettingSchema.Integer(0)), "Rows are added until their number is a multiple of this.")),
        ])), "Vocabulary of the output, token by token.")),
        ("chat_template", Described(OrNull(AnyOf(OneOf(ChatTemplateReader.Templates), Template(), Text("^$"))), "'auto' takes the most frequent template of the models; or a name, or the template itself.")),
    ];

    /// <summary>Two ways to say one thing.</summary>
    public static JsonObject NotBoth() =>
        Not(Requiring(Holding(("tokenizer", Not(Null())), ("tokenizer_source", Not(Null()))), "tokenizer", "tokenizer_source"));

    static JsonObject Source() => AnyOf(OneOf(["union", "base"]), Ref("reference"));

    static JsonObject Token() => Map(
    [
        ("source", AnyOf(Ref("reference"), Map([("kind", OneOf(["zero"]))], "kind"), ModelToken())),
        ("force", Described(OrNull(SettingSchema.Boolean()), "true: also for models that have the token themselves.")),
    ], "source");

    static JsonObject ModelToken()
    {
        JsonObject token = Map(
        [
            ("kind", OneOf(["model_token"])),
            ("model", Ref("reference")),
            ("token", Text()),
            ("token_id", SettingSchema.Integer(0)),
        ], "kind", "model");
        token["oneOf"] = new JsonArray(Requiring("token"), Requiring("token_id"));
        return token;
    }

    static JsonObject Template() => new() { ["type"] = "string", ["minLength"] = ChatTemplateReader.ShortestTemplate, ["pattern"] = @"\{" };
}
