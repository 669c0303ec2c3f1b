using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads the entries of one map; every key that is asked for is a known one, the rest is warned about.</summary>
/// <param name="what">What messages call the map, such as "a model".</param>
sealed class MapReader(YamlMap map, string what, NodeReader reader)
{
    readonly List<string> known = [];

    public SourcePosition Position => map.Position;

    /// <returns>Null where the key is missing or its value is null.</returns>
    public YamlNode? Find(string key)
    {
        known.Add(key);
        return map.Find(key) is { IsNull: false } node ? node : null;
    }

    /// <param name="how">Ends the message of a missing key, see <see cref="Errors.MissingKey"/>.</param>
    public YamlNode? Require(string key, string? how = null)
    {
        YamlNode? node = Find(key);
        if (node is null) reader.Report(Errors.MissingKey(map.Find(key)?.Position ?? map.Position, key, what, how));
        return node;
    }

    public Placed<string>? Text(string key) => Find(key) is { } node ? reader.Text(node, $"'{key}'") : null;

    public Placed<bool>? Boolean(string key) => Find(key) is { } node ? reader.Boolean(node, $"'{key}'") : null;

    public Placed<ModelReference>? Reference(string key) => Find(key) is { } node ? reader.Reference(node, $"'{key}'") : null;

    /// <summary>mergekit ignores keys that it does not know; so do we, aloud.</summary>
    /// <param name="isParameter">True for names that belong under <c>parameters</c>.</param>
    public void WarnAboutOthers(Func<string, bool>? isParameter = null)
    {
        foreach (YamlEntry entry in map.Entries.Where(entry => !known.Contains(entry.Key)))
            reader.Report(Errors.UnknownKey(entry.Position, entry.Key, what, known, isParameter?.Invoke(entry.Key) ?? false));
    }
}
