using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Adapters;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>A folder with an adapter for peft/base/llama: one that training wrote, with something changed.</summary>
sealed class AdapterFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("adapter-").FullName;

    public AdapterFolder(string source = "plain-a")
    {
        foreach (string file in Directory.EnumerateFiles(System.IO.Path.Combine(FoldCase.Folder, "adapters", source))) File.Copy(file, System.IO.Path.Combine(path, System.IO.Path.GetFileName(file)));
    }

    public string Path => path;

    public string Recipe => $"merge_method: passthrough\nmodels:\n  - model: {{model: base/llama, lora: {{path: \"{path}\"}}}}\n";

    string Config => System.IO.Path.Combine(path, AdapterConfig.FileName);

    string Weights => System.IO.Path.Combine(path, "adapter_model.safetensors");

    public AdapterFolder With(string key, string json)
    {
        var root = JsonNode.Parse(File.ReadAllText(Config))!.AsObject();
        root[key] = JsonNode.Parse(json);
        File.WriteAllText(Config, root.ToJsonString());
        return this;
    }

    /// <summary>Renames a tensor; the new name must be as long as the old one.</summary>
    public AdapterFolder Renamed(string from, string to)
    {
        Assert.Equal(from.Length, to.Length);
        byte[] bytes = File.ReadAllBytes(Weights);
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(from));
        Assert.True(at >= 0);
        Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
        File.WriteAllBytes(Weights, bytes);
        return this;
    }

    /// <summary>Sets every byte of the tensors whose name holds the text to zero.</summary>
    public AdapterFolder Zeroed(string part)
    {
        byte[] bytes = File.ReadAllBytes(Weights);
        foreach (var (name, (info, _)) in TensorFile.Read(Weights))
            if (name.Contains(part, StringComparison.Ordinal)) bytes.AsSpan((int)info.Offset, (int)info.Length).Clear();
        File.WriteAllBytes(Weights, bytes);
        return this;
    }

    public AdapterFolder Without(string file)
    {
        File.Delete(System.IO.Path.Combine(path, file));
        return this;
    }

    /// <summary>Codes of the errors that planning reports.</summary>
    public string[] Errors() =>
        [.. Assert.Throws<MergeException>(() => FoldCase.PlanOf(Recipe)).Diagnostics.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Distinct()];

    public void Dispose() => Directory.Delete(path, recursive: true);
}
