namespace MergeEngine.Recipes.Yaml;

/// <summary>Collects the entries of one map: keys are text and occur once, merge keys are resolved at the end.</summary>
/// <remarks>An entry of its own beats a merged one; of several merged maps the earlier wins (the YAML merge key type). A key that occurs twice is an
/// error; reading goes on with its last value, as mergekit does, so that no other errors follow from it.</remarks>
sealed class MapBuilder(List<Diagnostic> findings)
{
    readonly List<YamlEntry> entries = [];
    readonly Dictionary<string, SourcePosition> first = new(StringComparer.Ordinal);
    readonly List<YamlMap> merged = [];

    public void Add(YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar scalar)
            findings.Add(Errors.KeyIsNotText(key.Position, key.Description));
        else if (!first.TryAdd(scalar.Text, key.Position))
            Replace(scalar, value);
        else if (scalar is { IsPlain: true, Text: "<<" })
            AddMerged(value, listAllowed: true);
        else
            entries.Add(new YamlEntry(scalar.Text, key.Position, value));
    }

    public YamlMap Build(SourcePosition position)
    {
        foreach (YamlEntry entry in merged.SelectMany(map => map.Entries))
        {
            if (first.TryAdd(entry.Key, entry.Position)) entries.Add(entry);
        }
        return new YamlMap(position, entries);
    }

    void Replace(YamlScalar key, YamlNode value)
    {
        findings.Add(Errors.DuplicateKey(key.Position, key.Text, first[key.Text]));
        int known = entries.FindIndex(entry => entry.Key == key.Text);
        if (known >= 0) entries[known] = new YamlEntry(key.Text, key.Position, value);
    }

    void AddMerged(YamlNode value, bool listAllowed)
    {
        if (value is YamlMap map)
            merged.Add(map);
        else if (value is YamlList list && listAllowed)
            foreach (YamlNode item in list.Items) AddMerged(item, listAllowed: false);
        else
            findings.Add(Errors.BadMergeKey(value.Position, value.Description));
    }
}
