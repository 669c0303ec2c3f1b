using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads model references, in both of mergekit's forms.</summary>
sealed class ReferenceReader(NodeReader reader)
{
    public Placed<ModelReference>? Read(YamlNode node, string what)
    {
        ModelReference? reference = node is YamlMap ? OfMap(node, what) : OfText(node, what);
        if (reference?.Adapter is not null) reader.Report(Errors.AdapterNotSupported(node.Position, reference));
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

    /// <summary><c>{model: {path, revision}, lora: {path, revision}, override_architecture}</c>; the parts may hold '+' and '@'.</summary>
    ModelReference? OfMap(YamlNode node, string what)
    {
        MapReader map = reader.Map(node, what)!;
        var model = map.Require("model") is { } modelNode ? PathOf(modelNode, "'model'") : null;
        var adapter = map.Find("lora") is { } adapterNode ? PathOf(adapterNode, "'lora'") : null;
        string? architecture = map.Text("override_architecture")?.Value;
        map.WarnAboutOthers();
        return model is var (path, revision) ? new ModelReference(path, revision, adapter?.Path, adapter?.Revision, architecture) : null;
    }

    (string Path, string? Revision)? PathOf(YamlNode node, string what)
    {
        if (reader.Map(node, what) is not { } map) return null;
        string? path = map.Require("path") is { } pathNode ? reader.Text(pathNode, "'path'")?.Value : null;
        string? revision = map.Text("revision")?.Value;
        map.WarnAboutOthers();
        if (path == "") reader.Report(Errors.BadReference(node.Position, path));
        return string.IsNullOrEmpty(path) ? null : (path, revision == "" ? null : revision);
    }
}
