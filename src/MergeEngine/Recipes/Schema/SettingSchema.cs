using System.Globalization;
using System.Text.Json.Nodes;
using MergeEngine.Methods;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>The value of a parameter as <see cref="SettingReader"/> takes it: one value, a gradient, or a list of conditions.</summary>
static class SettingSchema
{
    /// <summary>Text that is read as a number; editors that follow YAML 1.2 see the switches of YAML 1.1 as text.</summary>
    const string NumberText = @"^\s*[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?\s*$", SwitchText = "^([01](\\.0*)?|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$";

    public static JsonObject Of(Parameter parameter)
    {
        JsonObject schema = AnyOf(Value(parameter), List(Value(parameter), least: 1), List(Condition(parameter), least: 1));
        return Described(schema, Help(parameter));
    }

    /// <summary>Any number, for a value without a declaration.</summary>
    public static JsonObject Number() => Value(new Parameter("number"));

    /// <summary>A whole number, as <see cref="NodeReader.Integer"/> takes it.</summary>
    public static JsonObject Integer(int least) => Value(new Parameter("number", Min: least, Kind: ParameterKind.Integer));

    /// <summary>true or false, as <see cref="NodeReader.Boolean"/> takes it.</summary>
    public static JsonObject Boolean() => AnyOf(new JsonObject { ["type"] = "boolean" }, Text("^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$"));

    static JsonObject Condition(Parameter parameter) => Map(
    [
        ("filter", Described(OrNull(Text()), "Part of the names of the tensors that the value is for; without it: of all that no condition before it matches.")),
        ("value", AnyOf(Value(parameter), List(Value(parameter), least: 1))),
    ], "value");

    static JsonObject Value(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Word => Words(parameter.Words),
        ParameterKind.Boolean => Bounded("boolean", "integer", 0, 1, SwitchText),
        ParameterKind.Integer => Bounded("integer", "boolean", parameter.Min, parameter.Max, NumberText),
        _ => Bounded("number", "boolean", parameter.Min, parameter.Max, NumberText),
    };

    /// <summary>Bounds hold for numbers, the pattern for text; a boolean is 1 or 0, as in mergekit.</summary>
    static JsonObject Bounded(string type, string otherType, double least, double most, string pattern)
    {
        // The last key is one of editors: what they say instead of the pattern.
        var schema = new JsonObject { ["type"] = new JsonArray(type, otherType, "string"), ["pattern"] = pattern, ["patternErrorMessage"] = type == "integer" ? "Expected a whole number." : $"Expected a {type}." };
        if (double.IsFinite(least)) schema["minimum"] = least;
        if (double.IsFinite(most)) schema["maximum"] = most;
        return schema;
    }

    /// <summary>A word, or its place in the list.</summary>
    static JsonObject Words(IReadOnlyList<string> words) => AnyOf(
        OneOf(words), new JsonObject { ["type"] = "boolean" }, new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = words.Count - 1 }, Text(SwitchText));

    static string Help(Parameter parameter)
    {
        string accepted = char.ToUpperInvariant(parameter.Accepted[0]) + parameter.Accepted[1..];
        string help = $"{accepted}; {Default(parameter)}. One value, a list that is interpolated over the layers, or conditions.";
        return Summaries.Of(parameter) is { } summary ? $"{summary} {help}" : help;
    }

    static string Default(Parameter parameter) => parameter switch
    {
        { Required: true } => "required",
        { Optional: true } => "optional",
        { Kind: ParameterKind.Boolean } => $"default {(parameter.Default == 0 ? "false" : "true")}",
        { Kind: ParameterKind.Word } => $"default {parameter.Words[(int)parameter.Default]}",
        _ => $"default {parameter.Default.ToString(CultureInfo.InvariantCulture)}",
    };
}
