using System.Collections.Immutable;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads the value of a parameter: a number, a gradient, or a list of conditions.</summary>
sealed class SettingReader(NodeReader reader)
{
    public Setting? Read(string name, YamlNode node)
    {
        int before = reader.Findings.Count;
        IReadOnlyList<SettingCase> cases = node switch
        {
            YamlList { Items: [] } => Refuse(Errors.EmptyList(node.Position, name)),
            YamlList list when list.Items.All(item => item is YamlMap) => [.. list.Items.Select(item => Condition(name, item)).OfType<SettingCase>()],
            YamlList list when list.Items.Any(item => item is YamlMap) => Refuse(Errors.MixedList(node.Position, name)),
            YamlMap => Refuse(Errors.ConditionOutsideList(node.Position, name)),
            _ => [new SettingCase(null, Values(name, node), node.Position)],
        };
        return reader.Findings.Skip(before).Any(finding => finding.Severity == Severity.Error) ? null : new Setting(name, node.Position, cases);
    }

    IReadOnlyList<SettingCase> Refuse(Diagnostic error)
    {
        reader.Report(error);
        return [];
    }

    SettingCase? Condition(string name, YamlNode item)
    {
        MapReader map = reader.Map(item, "a condition")!;
        string? filter = map.Text("filter")?.Value;
        YamlNode? value = map.Require("value");
        map.WarnAboutOthers();
        if (value is null) return null;
        if (value is YamlList { Items: [] }) reader.Report(Errors.EmptyList(value.Position, name));
        return new SettingCase(filter, Values(name, value), value.Position);
    }

    ImmutableArray<double> Values(string name, YamlNode node) =>
        node is YamlList list ? [.. list.Items.Select(item => Number(name, item))] : [Number(name, node)];

    double Number(string name, YamlNode node)
    {
        if (node is not YamlScalar { Number: { } number })
            reader.WrongType(node, $"'{name}'", "a number, a list of numbers, or a list of {filter, value}");
        else if (!double.IsFinite(number))
            reader.Report(Errors.NotFinite(node.Position, name, node.Description));
        else
            return number;
        return double.NaN;
    }
}
