using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Architectures;

/// <summary>Models without weights: a configuration and the names, types and shapes of the tensors.</summary>
static class Outlines
{
    static readonly string Folder = Path.Combine(TestData.Folder, "architectures", "checkpoints");

    /// <summary>Names of the stored outlines: those of <c>arch</c> are real families, those that begin with 'micro-' the models of the golden merges.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static ModelOutline Stored(string name)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")))!;
        return Of(root["config"]!.ToJsonString(), [.. root["tensors"]!.AsObject().Select(tensor => (tensor.Key, tensor.Value!.AsArray().Skip(1).Select(n => (long)n!).ToArray()))]);
    }

    public static ModelOutline Of(string config, params (string Name, long[] Shape)[] tensors) =>
        new("model", new SourcePosition("recipe.yml", 2, 3), Config(config), tensors.ToDictionary(tensor => tensor.Name, tensor =>
            new TensorInfo(tensor.Name, Dtype.F32, new TensorShape(tensor.Shape), "model.safetensors", 0, 4)));

    public static ModelConfig Config(string json) => ModelConfig.Parse(System.Text.Encoding.UTF8.GetBytes(json), "model/config.json");

    /// <summary>The one error that an action ends with.</summary>
    public static Diagnostic Error(Action action) => Assert.Single(Assert.Throws<MergeException>(action).Diagnostics);
}
