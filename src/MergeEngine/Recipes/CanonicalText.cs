using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Writes a tree as YAML, or as one line a leaf.</summary>
static partial class CanonicalText
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<CanonicalLine> Lines(YamlMap root) => [.. Leaves("", root)];

    public static string Yaml(YamlMap root)
    {
        var text = new StringBuilder();
        Write(text, root, "");
        return text.ToString();
    }

    static IEnumerable<CanonicalLine> Leaves(string path, YamlNode node) => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => Leaves(path == "" ? Quote(entry.Key) : $"{path}.{Quote(entry.Key)}", entry.Value)),
        YamlList list when !IsLeaf(list) => list.Items.SelectMany((item, index) => Leaves($"{path}[{index}]", item)),
        _ => [new CanonicalLine($"{path} = {Leaf(node)}", node.Position)],
    };

    static bool IsLeaf(YamlNode node) => node is YamlScalar || node is YamlList list && list.Items.All(item => item is YamlScalar);

    static string Leaf(YamlNode node) => node switch
    {
        YamlList list => $"[{string.Join(", ", list.Items.Select(Leaf))}]",
        YamlScalar { IsPlain: true } scalar => scalar.Text,
        YamlScalar scalar => Quote(scalar.Text),
        _ => throw new ArgumentException("A map is not a leaf.", nameof(node)),
    };

    /// <summary>Writes the entries of a map; the first line's indent is already there.</summary>
    static void Write(StringBuilder text, YamlMap map, string indent)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry != map.Entries[0]) text.Append(indent);
            text.Append(Quote(entry.Key)).Append(':');
            WriteValue(text, entry.Value, indent);
        }
    }

    static void WriteValue(StringBuilder text, YamlNode value, string indent)
    {
        if (IsLeaf(value))
            text.Append(' ').Append(Leaf(value)).Append('\n');
        else if (value is YamlMap map)
            Write(text.Append('\n').Append(indent).Append("  "), map, indent + "  ");
        else
            WriteItems(text.Append('\n'), (YamlList)value, indent);
    }

    static void WriteItems(StringBuilder text, YamlList list, string indent)
    {
        foreach (YamlNode item in list.Items) Write(text.Append(indent).Append("- "), (YamlMap)item, indent + "  ");
    }

    /// <summary>Text that YAML could read as something else is put in double quotes, with JSON's escapes (a part of YAML's).</summary>
    static string Quote(string text) =>
        Bare().IsMatch(text) && ScalarResolver.KindOf(text) == ScalarKind.Text ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z_./][A-Za-z0-9_./+@-]*\z")]
    private static partial Regex Bare();
}
