namespace MergeEngine.Recipes.Yaml;

/// <summary>A key of a map, where it stands, and its value.</summary>
public sealed record YamlEntry(string Key, SourcePosition Position, YamlNode Value);
