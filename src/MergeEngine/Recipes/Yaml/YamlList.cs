namespace MergeEngine.Recipes.Yaml;

public sealed class YamlList(SourcePosition position, IReadOnlyList<YamlNode> items) : YamlNode(position)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Description => Items.Count == 0 ? "an empty list" : $"a list of {Items.Count}";
}
