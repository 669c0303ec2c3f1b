using System.Text.Json.Nodes;

namespace MergeEngine.Recipes.Schema;

/// <summary>Words of JSON schema: draft 7, the latest that editors of YAML follow.</summary>
static class JsonSchema
{
    public const string Dialect = "http://json-schema.org/draft-07/schema#";

    public static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    public static JsonObject Text(string? pattern = null) => With(new JsonObject { ["type"] = "string" }, "pattern", pattern);

    public static JsonObject Null() => new() { ["type"] = "null" };

    public static JsonObject OneOf(IEnumerable<string> words) => new() { ["enum"] = Array(words) };

    public static JsonObject AnyOf(params IEnumerable<JsonObject> schemas) => new() { ["anyOf"] = Array(schemas) };

    public static JsonObject AllOf(IEnumerable<JsonObject> schemas) => new() { ["allOf"] = Array(schemas) };

    public static JsonObject Not(JsonObject schema) => new() { ["not"] = schema };

    /// <summary>A key whose value may be nothing: that counts as left out.</summary>
    public static JsonObject OrNull(JsonObject schema) => AnyOf(schema, Null());

    public static JsonObject List(JsonObject items, int least = 0, int most = int.MaxValue)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (least > 0) list["minItems"] = least;
        if (most < int.MaxValue) list["maxItems"] = most;
        return list;
    }

    /// <summary>A map that has these keys and no others.</summary>
    public static JsonObject Map(IEnumerable<(string Key, JsonObject Value)> entries, params string[] required)
    {
        JsonObject map = Holding(entries);
        map["type"] = "object";
        map["additionalProperties"] = false;
        return required.Length == 0 ? map : Requiring(map, required);
    }

    /// <summary>What holds of these keys where they are; says nothing about others.</summary>
    public static JsonObject Holding(params IEnumerable<(string Key, JsonObject Value)> entries) =>
        new() { ["properties"] = new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))) };

    public static JsonObject Requiring(params string[] keys) => Requiring(new JsonObject(), keys);

    public static JsonObject Requiring(JsonObject schema, params string[] keys)
    {
        schema["required"] = Array(keys);
        return schema;
    }

    /// <summary>For the help of editors.</summary>
    public static JsonObject Described(JsonObject schema, string? description) => With(schema, "description", description);

    public static JsonObject When(JsonObject condition, JsonObject then, JsonObject? otherwise = null)
    {
        var choice = new JsonObject { ["if"] = condition, ["then"] = then };
        if (otherwise is not null) choice["else"] = otherwise;
        return choice;
    }

    static JsonObject With(JsonObject schema, string key, string? value)
    {
        if (value is not null) schema[key] = value;
        return schema;
    }

    static JsonArray Array(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];

    static JsonArray Array(IEnumerable<JsonObject> items) => [.. items];
}
