namespace MergeEngine.Recipes.Yaml;

/// <summary>A map in file order, each key once. Merge keys are resolved: an entry may stand elsewhere in the file.</summary>
public sealed class YamlMap(SourcePosition position, IReadOnlyList<YamlEntry> entries) : YamlNode(position)
{
    readonly Dictionary<string, YamlEntry> byKey = entries.ToDictionary(entry => entry.Key, StringComparer.Ordinal);

    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Description => "a map";

    public YamlNode? Find(string key) => byKey.GetValueOrDefault(key)?.Value;
}
