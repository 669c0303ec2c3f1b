using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Tests.Recipes;

/// <summary>What a validator of JSON sees of YAML: as mergekit and we read it (YAML 1.1), and as most editors do (1.2).</summary>
static partial class YamlAsJson
{
    public static JsonNode? Yaml11(YamlNode node) => Of(node, scalar => scalar.Kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => JsonValue.Create(scalar.Boolean!.Value),
        ScalarKind.Integer or ScalarKind.Float when double.IsFinite(scalar.Number!.Value) => JsonValue.Create(scalar.Number.Value),
        _ => JsonValue.Create(scalar.Text),
    });

    public static JsonNode? Yaml12(YamlNode node) => Of(node, scalar => scalar switch
    {
        { IsPlain: false } => JsonValue.Create(scalar.Text),
        { Text: "" or "~" or "null" or "Null" or "NULL" } => null,
        { Text: "true" or "True" or "TRUE" } => JsonValue.Create(true),
        { Text: "false" or "False" or "FALSE" } => JsonValue.Create(false),
        _ when Number().IsMatch(scalar.Text) => JsonValue.Create(double.Parse(scalar.Text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(scalar.Text),
    });

    static JsonNode? Of(YamlNode node, Func<YamlScalar, JsonNode?> scalar) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value, scalar)))),
        YamlList list => new JsonArray([.. list.Items.Select(item => Of(item, scalar))]),
        _ => scalar((YamlScalar)node),
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
