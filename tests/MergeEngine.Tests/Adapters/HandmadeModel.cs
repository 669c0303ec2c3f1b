using System.Runtime.InteropServices;
using MergeEngine.Adapters;
using MergeEngine.Execution;
using MergeEngine.Tests.Checkpoints;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>A model of one layer and adapters for it, with numbers given by hand. No architecture is known for it, so its tensors are taken by their names.</summary>
sealed class HandmadeModel : IDisposable
{
    const string Layer = "model.layers.0.";

    readonly TemporaryFolder folder = new();
    readonly List<string> adapters = [];

    public HandmadeModel(string tensor, int[] shape, params float[] values)
    {
        Write("model", "config.json", """{"architectures": ["HandmadeForNothing"], "num_hidden_layers": 1}""");
        File.WriteAllBytes(PathOf("model", "model.safetensors"), FloatFile.Of((Layer + tensor, shape, values)));
    }

    /// <param name="config">Entries of adapter_config.json.</param>
    /// <param name="tensors">Names without the layer's.</param>
    public HandmadeModel With(string config, params IEnumerable<(string Name, int[] Shape, float[] Values)> tensors)
    {
        string name = $"adapter{adapters.Count}";
        Write(name, AdapterConfig.FileName, $$"""{"peft_type": "LORA", {{config}}}""");
        File.WriteAllBytes(PathOf(name, "adapter_model.safetensors"), FloatFile.Of(tensors.Select(tensor => ($"base_model.model.{Layer}{tensor.Name}", tensor.Shape, tensor.Values))));
        adapters.Add(name);
        return this;
    }

    /// <summary>The model's only tensor with all adapters.</summary>
    public float[] Fold(MergeOptions? options = null)
    {
        string lora = string.Join(", ", adapters.Select(adapter => $"{{path: \"{folder[adapter]}\"}}"));
        var plan = FoldCase.PlanOf($"merge_method: passthrough\nmodels: [{{model: {{model: \"{folder["model"]}\", lora: [{lora}]}}}}]\n");
        string output = folder[Guid.NewGuid().ToString("N")];
        MergeExecutor.Run(plan, output, options ?? new MergeOptions(), null, CancellationToken.None);
        return MemoryMarshal.Cast<byte, float>(TensorFile.ReadCheckpoint(output).Single().Value.Bytes).ToArray();
    }

    public void Dispose() => folder.Dispose();

    string PathOf(string name, string file) => Path.Combine(folder[name], file);

    void Write(string name, string file, string text)
    {
        Directory.CreateDirectory(folder[name]);
        File.WriteAllText(PathOf(name, file), text);
    }
}
