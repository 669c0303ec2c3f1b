using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads a <c>parameters</c> map and holds it against what the method declares.</summary>
/// <param name="spec">Null: the method is not known, only the form of the values is checked.</param>
sealed class ParameterReader(MethodSpec? spec, NodeReader reader)
{
    /// <param name="ofModel">The map belongs to one model, where method-wide parameters are not looked up.</param>
    /// <returns>The settings that the method can see, by name.</returns>
    public IReadOnlyDictionary<string, Setting> Read(YamlNode? node, bool ofModel)
    {
        var settings = new SortedDictionary<string, Setting>(StringComparer.Ordinal);
        if (node is null) return settings;
        if (node is not YamlMap map)
        {
            reader.WrongType(node, "'parameters'", "a map");
            return settings;
        }
        foreach (YamlEntry entry in map.Entries)
        {
            Setting? setting = new SettingReader(entry.Key, spec?.Find(entry.Key)?.Words ?? [], reader).Read(entry.Value);
            if (spec is not null && IsSeen(entry, ofModel) && setting is not null && IsAccepted(setting)) settings.Add(entry.Key, setting);
        }
        return settings;
    }

    /// <summary>True for a parameter of the method.</summary>
    public bool Knows(string name) => spec?.Find(name) is not null;

    bool IsSeen(YamlEntry entry, bool ofModel)
    {
        Parameter? parameter = spec!.Find(entry.Key);
        if (parameter is null)
            reader.Report(Errors.UnknownParameter(entry.Position, entry.Key, spec));
        else if (ofModel && !parameter.PerModel)
            reader.Report(Errors.ParameterOfMethodAtModel(entry.Position, entry.Key, spec));
        return parameter is not null && (!ofModel || parameter.PerModel);
    }

    bool IsAccepted(Setting setting)
    {
        Parameter parameter = spec!.Find(setting.Name)!;
        bool accepted = true;
        foreach (SettingCase item in setting.Cases)
        {
            foreach (double value in item.Values.Where(value => !parameter.Accepts(value)))
            {
                reader.Report(Errors.ValueNotAccepted(item.Position, parameter, value));
                accepted = false;
            }
        }
        return accepted;
    }
}
