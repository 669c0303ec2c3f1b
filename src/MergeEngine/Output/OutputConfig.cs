using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Architectures;

namespace MergeEngine.Output;

/// <summary>Makes the config.json of an output: the donor's, in its order, with the edits.</summary>
public static class OutputConfig
{
    static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Keys for the element type: the first is of transformers 5, the second of all before, which 5 still reads.</summary>
    static readonly string[] DtypeKeys = ["dtype", "torch_dtype"];

    /// <returns>The whole file, with two spaces of indentation and a last newline; and warnings (MRG0256, MRG0257) about what it does not describe.</returns>
    public static (string Text, IReadOnlyList<Diagnostic> Warnings) Make(ModelConfig donor, ConfigEdits edits)
    {
        JsonObject root = donor.Clone();
        if (edits.Dtype is { } dtype) SetDtype(root, dtype);
        if (edits.VocabSize is { } size)
            foreach (string key in edits.VocabSizeKeys.Where(key => donor.Integer(key) is not null)) Set(root, key, JsonValue.Create(size));
        foreach ((string key, JsonNode? value) in edits.Values) root[key] = value?.DeepClone();
        List<LayerEdit> layers = [.. edits.Layers.Where(edit => !edit.IsNone)];
        List<Diagnostic> warnings = [.. layers.SelectMany(edit => LayerLists.Edit(root, edit).Select(key => Errors.LayersNotDescribed(donor, edit, key)))];
        if (edits.HasOwnHead && Untie(root)) warnings.Add(Errors.HeadUntied(donor));
        if (root["auto_map"] is JsonObject && edits.Values.All(edit => edit.Key != "auto_map")) warnings.Add(Errors.CodeNotCopied(donor));
        return (PythonNumbers.Unquote(root.ToJsonString(Format)) + "\n", warnings);
    }

    /// <summary>Sets the key that is there; in the parts of a model of several modalities too.</summary>
    static void SetDtype(JsonObject root, string dtype)
    {
        string[] present = [.. DtypeKeys.Where(root.ContainsKey)];
        foreach (string key in present.DefaultIfEmpty("torch_dtype")) root[key] = dtype;
        foreach (JsonObject part in root.Where(member => member.Key.EndsWith("_config", StringComparison.Ordinal)).Select(member => member.Value).OfType<JsonObject>())
            foreach (string key in DtypeKeys.Where(part.ContainsKey)) part[key] = dtype;
    }

    /// <returns>The configuration said that head and embeddings are one tensor; it does not any more.</returns>
    static bool Untie(JsonObject root)
    {
        const string key = "tie_word_embeddings";
        JsonObject[] tied = [.. new[] { root, root["text_config"] as JsonObject }.OfType<JsonObject>().Where(part => part[key] is JsonValue value && value.TryGetValue(out bool ties) && ties)];
        foreach (JsonObject part in tied) part[key] = false;
        return tied.Length > 0;
    }

    internal static void Set(JsonObject root, string key, JsonNode value)
    {
        int dot = key.LastIndexOf('.');
        JsonObject parent = dot < 0 ? root : (JsonObject)ModelConfig.Find(root, key[..dot])!;
        parent[key[(dot + 1)..]] = value;
    }
}
