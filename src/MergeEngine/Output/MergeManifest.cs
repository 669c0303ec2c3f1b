using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MergeEngine.Output;

/// <summary>Writes merge-manifest.json: from what and by what the model was made, with digests. No paths, no time, no machine.</summary>
static class MergeManifest
{
    public const string FileName = "merge-manifest.json";

    const int Schema = 1;

    static readonly JsonWriterOptions Format = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="files">All files of the output but the manifest itself, in ordinal order.</param>
    public static string Text(OutputDescription merge, IReadOnlyList<FileFact> files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("name", merge.Name);
            Tool(json, merge);
            json.WriteString("method", merge.Method.Id);
            json.WriteNumber("method_revision", merge.Method.Revision);
            json.WriteNumber("seed", merge.Seed);
            json.WriteString("recipe", merge.RecipeText.ReplaceLineEndings("\n"));
            Array(json, "inputs", merge.Inputs, input => Input(json, input));
            Array(json, "tensors", merge.Tensors, tensor => Tensor(json, tensor));
            Array(json, "files", files, file => File(json, file));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    static void Tool(Utf8JsonWriter json, OutputDescription merge)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", "MergeSdk");
        json.WriteString("version", merge.ToolVersion);
        json.WriteNumber("engine_revision", merge.EngineRevision);
        json.WriteEndObject();
    }

    static void Input(Utf8JsonWriter json, InputModel input)
    {
        json.WriteStartObject();
        json.WriteString("model", InputModel.Shown(input.Reference));
        if (input.Digest is { } digest) json.WriteString("digest", digest);
        if (input.Files.Count > 0) Array(json, "files", input.Files, file => File(json, file));
        if (input.Adapters.Count > 0) Array(json, "adapters", input.Adapters, adapter => Input(json, adapter));
        json.WriteEndObject();
    }

    static void Tensor(Utf8JsonWriter json, OutputTensor tensor)
    {
        json.WriteStartObject();
        json.WriteString("name", tensor.Name);
        json.WriteString("dtype", tensor.Dtype.ToString());
        Array(json, "shape", tensor.Shape.Extents, json.WriteNumberValue);
        json.WriteString("digest", tensor.Digest);
        json.WriteEndObject();
    }

    static void File(Utf8JsonWriter json, FileFact file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteNumber("size", file.Size);
        if (file.Sha256 is { } sha256) json.WriteString("sha256", sha256);
        json.WriteEndObject();
    }

    static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items) write(item);
        json.WriteEndArray();
    }
}
