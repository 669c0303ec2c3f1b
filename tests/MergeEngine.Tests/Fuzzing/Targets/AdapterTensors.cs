using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Adapters;
using MergeEngine.Checkpoints;
using MergeEngine.Tests.Adapters;
using MergeEngine.Tests.Checkpoints;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Fuzzing.Targets;

/// <summary>An adapter's configuration on the first line, then a tensor on each: name, dtype, extents. The file around them is whole, so that every input reaches the fold.</summary>
sealed class AdapterTensors : FuzzTarget
{
    const long MostBytes = 1 << 18;

    public override IEnumerable<byte[]> Seeds => Directory.EnumerateDirectories(Path.Combine(FoldCase.Folder, "adapters")).Order(StringComparer.Ordinal).Where(HasWeights).Select(Text);

    public override IReadOnlyList<string> Tokens =>
    [
        "base_model.model.", "model.", "layers.0.", "lora_A", "lora_B", "lora_embedding_A", "lora_embedding_B", "lora_magnitude_vector", "token_adapter.trainable_tokens_delta", ".base_layer", ".weight", ".bias", ".default",
        "modules_to_save", "q_proj", "embed_tokens", "lm_head", "mlp.experts", " ", "\n", ".", "F32", "BF16", "I64", " 0", " 1", " 2", " 24", " 48", " 4611686018427387904", " 2147483648 0", "\"r\":2", "\"use_dora\":true", "\"lora_bias\":true",
        "\"target_parameters\":[\"mlp.experts.down_proj\"]", "\"trainable_token_indices\":[1,2]", "\"rank_pattern\":{\"q_proj\":2}", ",", "{", "}",
    ];

    public override void Read(byte[] input)
    {
        string[] lines = Encoding.UTF8.GetString(input).Split('\n');
        using var folder = new TemporaryFolder();
        folder.With(AdapterConfig.FileName, Encoding.UTF8.GetBytes(lines[0])).With("adapter_model.safetensors", Weights(lines[1..]));
        foreach (string model in (string[])["llama", "mixtral"])
            FoldCase.PlanOf($"merge_method: passthrough\nmodels: [{{model: {{model: base/{model}, lora: {{path: \"{folder.FullPath}\"}}}}}}]\n");
    }

    /// <summary>Lines that are no tensor, and tensors that are too large to be written, are left out.</summary>
    static byte[] Weights(string[] lines)
    {
        var header = new JsonObject();
        long end = 0;
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            if (words.Length < 2 || header.ContainsKey(words[0]) || !Enum.TryParse(words[1], out Dtype dtype) || !Enum.IsDefined(dtype)) continue;
            long[] shape = [.. words.Skip(2).Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long extent) ? extent : 1)];
            UInt128 length = shape.Contains(0) ? 0 : shape.Aggregate((UInt128)dtype.Size(), (product, extent) => product > MostBytes ? product : product * (UInt128)extent);
            if (length > (UInt128)(MostBytes - end)) continue;
            header[words[0]] = new JsonObject { ["dtype"] = dtype.ToString(), ["shape"] = new JsonArray([.. shape.Select(extent => (JsonNode)extent)]), ["data_offsets"] = new JsonArray(end, end += (long)length) };
        }
        return Formats.File(header.ToJsonString(), (int)end);
    }

    static bool HasWeights(string folder) => File.Exists(Path.Combine(folder, "adapter_model.safetensors"));

    static byte[] Text(string folder)
    {
        string config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, AdapterConfig.FileName)))!.ToJsonString();
        var tensors = TensorFile.Read(Path.Combine(folder, "adapter_model.safetensors")).Values.Select(tensor => tensor.Info);
        return Encoding.UTF8.GetBytes(string.Join('\n', [config, .. tensors.Select(tensor => $"{tensor.Name} {tensor.Dtype} {string.Join(' ', tensor.Shape.Extents)}")]));
    }
}
