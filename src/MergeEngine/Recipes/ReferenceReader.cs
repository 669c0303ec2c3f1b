using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads model references, in both of mergekit's forms.</summary>
sealed class ReferenceReader(NodeReader reader)
{
    internal const int MostAdapters = 64;

    public Placed<ModelReference>? Read(YamlNode node, string what)
    {
        ModelReference? reference = node is YamlMap ? OfMap(node, what) : OfText(node, what);
        if (reference is null) return null;
        var placed = new Placed<ModelReference>(reference, node.Position);
        reader.References.Add(placed);
        return placed;
    }

    ModelReference? OfText(YamlNode node, string what)
    {
        if (reader.Text(node, what) is not { } text) return null;
        ModelReference? reference = ModelReference.Parse(text.Value);
        if (reference is null) reader.Report(Errors.BadReference(node.Position, text.Value));
        return reference;
    }

    /// <summary><c>{model: {path, revision}, lora: {path, revision}, override_architecture}</c>; paths in maps may hold '+' and '@'. Ours: <c>lora</c> may be a list.</summary>
    ModelReference? OfMap(YamlNode node, string what)
    {
        MapReader map = reader.Map(node, what)!;
        var model = map.Require("model") is { } modelNode ? PathOf(modelNode, "'model'") : null;
        AdapterReference? adapter = map.Find("lora") is { } adapterNode ? Chain(adapterNode) : null;
        string? architecture = map.Text("override_architecture")?.Value;
        map.WarnAboutOthers();
        return model is var (path, revision) ? new ModelReference(path, revision, adapter, architecture) : null;
    }

    AdapterReference? Chain(YamlNode node)
    {
        IReadOnlyList<YamlNode> nodes = node is YamlList list ? list.Items : [node];
        if (nodes.Count > MostAdapters) reader.Report(Errors.TooManyAdapters(node.Position, nodes.Count, MostAdapters));
        return nodes.Take(MostAdapters).Select(Adapter).OfType<AdapterReference>().Reverse().Aggregate((AdapterReference?)null, (next, adapter) => adapter with { Next = next });
    }

    /// <summary><c>{path, revision}</c>; ours: <c>weight</c> and <c>base_is_mutated</c>.</summary>
    AdapterReference? Adapter(YamlNode node)
    {
        double weight = 1;
        bool mutated = false;
        var path = PathOf(node, "'lora'", map =>
        {
            weight = map.Find("weight") is { } given ? reader.Number(given, "'weight'") ?? 1 : 1;
            mutated = map.Boolean("base_is_mutated") is { Value: true };
        });
        return path is var (folder, revision) ? new AdapterReference(folder, revision, weight, mutated) : null;
    }

    (string Path, string? Revision)? PathOf(YamlNode node, string what, Action<MapReader>? readMore = null)
    {
        if (node is YamlScalar { Kind: ScalarKind.Text } text) return OfPathText(text);
        if (reader.Map(node, what) is not { } map) return null;
        string? path = map.Require("path") is { } pathNode ? reader.Text(pathNode, "'path'")?.Value : null;
        string? revision = map.Text("revision")?.Value;
        readMore?.Invoke(map);
        map.WarnAboutOthers();
        if (path == "") reader.Report(Errors.BadReference(node.Position, path));
        return string.IsNullOrEmpty(path) ? null : (path, revision == "" ? null : revision);
    }

    /// <summary><c>PATH[@REVISION]</c>.</summary>
    (string Path, string? Revision)? OfPathText(YamlScalar text)
    {
        var parts = text.Text.Contains('+') ? null : ModelReference.Split(text.Text);
        if (parts is null) reader.Report(Errors.BadReference(text.Position, text.Text));
        return parts;
    }
}
