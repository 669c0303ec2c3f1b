using System.Collections.Immutable;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads the value of a parameter: a number, a gradient, or a list of conditions.</summary>
/// <param name="name">Name of the parameter.</param>
/// <param name="words">Words that stand for the values 0, 1, ...; empty: there are only numbers.</param>
sealed class SettingReader(string name, IReadOnlyList<string> words, NodeReader reader)
{
    public Setting? Read(YamlNode node)
    {
        int before = reader.Findings.Count;
        IReadOnlyList<SettingCase> cases = node switch
        {
            YamlList { Items: [] } => Refuse(Errors.EmptyList(node.Position, name)),
            YamlList list when list.Items.All(item => item is YamlMap) => [.. list.Items.Select(item => Condition(item)).OfType<SettingCase>()],
            YamlList list when list.Items.Any(item => item is YamlMap) => Refuse(Errors.MixedList(node.Position, name)),
            YamlMap => Refuse(Errors.ConditionOutsideList(node.Position, name)),
            _ => [new SettingCase(null, Values(node), node.Position)],
        };
        return reader.Findings.Skip(before).Any(finding => finding.Severity == Severity.Error) ? null : new Setting(name, node.Position, cases) { Words = words };
    }

    string Expected => words.Count > 0 ? $"true, false or one of {string.Join(", ", words)}" : "a number, a list of numbers, or a list of {filter, value}";

    IReadOnlyList<SettingCase> Refuse(Diagnostic error)
    {
        reader.Report(error);
        return [];
    }

    SettingCase? Condition(YamlNode item)
    {
        MapReader map = reader.Map(item, "a condition")!;
        string? filter = map.Text("filter")?.Value;
        YamlNode? value = map.Require("value");
        map.WarnAboutOthers();
        if (value is null) return null;
        if (value is YamlList { Items: [] }) reader.Report(Errors.EmptyList(value.Position, name));
        return new SettingCase(filter, Values(value), value.Position);
    }

    ImmutableArray<double> Values(YamlNode node) =>
        node is YamlList list ? [.. list.Items.Select(Number)] : [Number(node)];

    double Number(YamlNode node)
    {
        if (node is YamlScalar { Kind: ScalarKind.Text } text && Array.IndexOf([.. words], text.Text) is >= 0 and int word) return word;
        if (node is not YamlScalar { Number: { } number })
            reader.WrongType(node, $"'{name}'", Expected);
        else if (!double.IsFinite(number))
            reader.Report(Errors.NotFinite(node.Position, name, node.Description));
        else
            return number;
        return double.NaN;
    }
}
