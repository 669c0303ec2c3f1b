using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads <c>models</c>, <c>slices</c> and <c>modules</c>.</summary>
sealed class SourceReader(NodeReader reader, ParameterReader parameters)
{
    static readonly IReadOnlyDictionary<string, Setting> NoParameters = new Dictionary<string, Setting>();

    /// <summary>Reads the one of the three that is there; an empty list counts as absent, and so does a map of nothing.</summary>
    /// <param name="what">What messages call the map.</param>
    /// <returns>Empty after an error.</returns>
    public IReadOnlyList<RecipeModule> Modules(MapReader map, string what)
    {
        YamlNode? models = Present(map, "models"), slices = Present(map, "slices"), modules = Present(map, "modules");
        if (!ExactlyOne([models, slices, modules], map, what, "'models', 'slices' and 'modules'")) return [];
        if (modules is null) return [new RecipeModule(null, map.Position, Slices(models, slices), NoParameters)];
        if (modules is YamlMap named) return [.. named.Entries.Select(Module)];
        reader.WrongType(modules, "'modules'", "a map from module names");
        return [];
    }

    static YamlNode? Present(MapReader map, string key) =>
        map.Find(key) is { } node and not YamlList { Items: [] } && (node is not YamlMap named || named.Entries.Any(entry => !entry.Value.IsNull)) ? node : null;

    bool ExactlyOne(IEnumerable<YamlNode?> nodes, MapReader map, string what, string keys)
    {
        int count = nodes.Count(node => node is not null);
        if (count != 1) reader.Report(Errors.NotExactlyOne(nodes.LastOrDefault(node => node is not null)?.Position ?? map.Position, what, keys, count));
        return count == 1;
    }

    RecipeModule Module(YamlEntry entry)
    {
        if (entry.Value.IsNull) return new RecipeModule(entry.Key, entry.Position, null, NoParameters);
        if (reader.Map(entry.Value, $"module '{entry.Key}'") is not { } map) return new RecipeModule(entry.Key, entry.Position, [], NoParameters);
        YamlNode? models = Present(map, "models"), slices = Present(map, "slices");
        var settings = parameters.Read(map.Find("parameters"), ofModel: false);
        map.WarnAboutOthers(parameters.Knows);
        bool readable = ExactlyOne([models, slices], map, $"module '{entry.Key}'", "'models' and 'slices'");
        return new RecipeModule(entry.Key, entry.Position, readable ? Slices(models, slices) : [], settings);
    }

    IReadOnlyList<RecipeSlice> Slices(YamlNode? models, YamlNode? slices)
    {
        if (slices is not null) return [.. reader.List(slices, "'slices'").Select(Slice).OfType<RecipeSlice>()];
        RecipeSource[] sources = [.. reader.List(models!, "'models'").Select(item => Source(item, withLayers: false)).OfType<RecipeSource>()];
        return sources.Length == 0 ? [] : [new RecipeSlice(models!.Position, sources, null, NoParameters)];
    }

    RecipeSlice? Slice(YamlNode node)
    {
        if (reader.Map(node, "a slice") is not { } map) return null;
        YamlNode? list = map.Require("sources");
        var sliceBase = map.Reference("base_model");
        var settings = parameters.Read(map.Find("parameters"), ofModel: false);
        map.WarnAboutOthers(parameters.Knows);
        if (list is null) return null;
        if (list is YamlList { Items: [] }) reader.Report(Errors.MissingKey(list.Position, "sources", "a slice"));
        RecipeSource[] sources = [.. reader.List(list, "'sources'").Select(item => Source(item, withLayers: true)).OfType<RecipeSource>()];
        CheckLengths(sources);
        return sources.Length == 0 ? null : new RecipeSlice(node.Position, sources, sliceBase, settings);
    }

    void CheckLengths(RecipeSource[] sources)
    {
        foreach (RecipeSource source in sources)
        {
            var (layers, position) = source.Layers!.Value;
            LayerRange first = sources[0].Layers!.Value.Value;
            if (layers.Count != first.Count) reader.Report(Errors.SliceLengths(position, source.Model.Value, layers, first));
        }
    }

    RecipeSource? Source(YamlNode node, bool withLayers)
    {
        if (reader.Map(node, withLayers ? "a source" : "a model") is not { } map) return null;
        var model = map.Require("model") is { } modelNode ? reader.Reference(modelNode, "'model'") : null;
        Placed<LayerRange>? layers = withLayers && map.Require("layer_range", "such as layer_range: [0, 16]; whole models are listed under 'models', without slices") is { } range ? Layers(range) : null;
        var settings = parameters.Read(map.Find("parameters"), ofModel: true);
        map.WarnAboutOthers(parameters.Knows);
        return model is null || withLayers && layers is null ? null : new RecipeSource(model.Value, layers, settings);
    }

    Placed<LayerRange>? Layers(YamlNode node)
    {
        if (node is not YamlList { Items: [var first, var second] })
        {
            reader.WrongType(node, "'layer_range'", "a list of two whole numbers, the first layer and the one after the last");
            return null;
        }
        int? start = reader.Integer(first, "'layer_range'"), end = reader.Integer(second, "'layer_range'");
        if (start is null || end is null) return null;
        if (start >= 0 && start < end) return new Placed<LayerRange>(new LayerRange(start.Value, end.Value), node.Position);
        reader.Report(Errors.EmptyLayerRange(node.Position, start.Value, end.Value));
        return null;
    }
}
