using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads nodes as values; a node of another type is a finding, and the result null.</summary>
sealed class NodeReader(List<Diagnostic> findings, List<Placed<ModelReference>> references)
{
    public List<Diagnostic> Findings => findings;

    /// <summary>Every model that was named so far, also where something else is wrong.</summary>
    public List<Placed<ModelReference>> References => references;

    /// <summary>Adds the finding; null, for a caller that has no value then.</summary>
    public void Report(Diagnostic finding) => findings.Add(finding);

    public MapReader? Map(YamlNode node, string what)
    {
        if (node is YamlMap map) return new MapReader(map, what, this);
        WrongType(node, what, "a map");
        return null;
    }

    public IReadOnlyList<YamlNode> List(YamlNode node, string what)
    {
        if (node is YamlList list) return list.Items;
        WrongType(node, what, "a list");
        return [];
    }

    public Placed<string>? Text(YamlNode node, string what)
    {
        if (node is YamlScalar { Kind: ScalarKind.Text } scalar) return new Placed<string>(scalar.Text, node.Position);
        WrongType(node, what, node is YamlScalar { IsNull: false } ? "text, in quotes if it is a name" : "text");
        return null;
    }

    public Placed<bool>? Boolean(YamlNode node, string what)
    {
        if (node is YamlScalar { Boolean: { } value }) return new Placed<bool>(value, node.Position);
        WrongType(node, what, "true or false");
        return null;
    }

    /// <summary>A whole number, also as text or as 3.0 (as mergekit reads them).</summary>
    public int? Integer(YamlNode node, string what)
    {
        if (node is YamlScalar { Number: { } number } && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue) return (int)number;
        WrongType(node, what, "a whole number");
        return null;
    }

    /// <summary>A finite number.</summary>
    public double? Number(YamlNode node, string what)
    {
        if (node is YamlScalar { Number: { } number } && double.IsFinite(number)) return number;
        WrongType(node, what, "a number");
        return null;
    }

    public Placed<ulong>? Unsigned(YamlNode node, string what)
    {
        if (node is YamlScalar { Kind: ScalarKind.Integer } scalar && ulong.TryParse(scalar.Text, out ulong value)) return new Placed<ulong>(value, node.Position);
        WrongType(node, what, "a whole number from 0 to 2^64 - 1");
        return null;
    }

    /// <summary>What a model is called: text, or a map with its parts.</summary>
    public Placed<ModelReference>? Reference(YamlNode node, string what) => new ReferenceReader(this).Read(node, what);

    public void WrongType(YamlNode node, string what, string expected) =>
        findings.Add(Errors.WrongType(node.Position, what, node.Description, expected));
}
