using System.Text.Json;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>A folder of tests/data/methods: inputs, a recipe, and what the paper's or the benchmark's own code made of them.</summary>
sealed class GoldenCase
{
    static readonly string Root = Path.Combine(TestData.Folder, "methods");

    /// <summary>Ranks are always those within a row here.</summary>
    const string OnlyScope = "rank_scope";

    readonly JsonElement description;
    readonly IReadOnlyDictionary<string, (TensorShape Shape, float[] Values)> inputs;

    GoldenCase(string folder)
    {
        description = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
        inputs = Tensors(Path.Combine(folder, "inputs.safetensors"));
        Expected = Tensors(Path.Combine(folder, "expected.safetensors")).Where(tensor => !tensor.Key.Contains('/'))
            .ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Values);
    }

    /// <summary>Method and case of every folder.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Root, "case.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>The merged tensors; the file's other tensors, under a prefix, are intermediate results.</summary>
    public IReadOnlyDictionary<string, float[]> Expected { get; }

    public double Tolerance => description.GetProperty("compare").GetProperty("tolerance").GetDouble();

    public static GoldenCase Read(string name) => new(Path.Combine(Root, name));

    public ArrayMerge Merge(string tensor)
    {
        var recipe = description.GetProperty("recipe");
        var method = MethodRegistry.All[recipe.GetProperty("id").GetString()!];
        string baseModel = recipe.TryGetProperty("base_model", out var given) ? given.GetString()! : "base";
        string[] models = [.. Enumerable.Range(0, description.GetProperty("models").GetInt32()).Select(i => $"model{i}").Where(model => model != baseModel)];
        var parameters = recipe.GetProperty("parameters").EnumerateObject().Where(entry => entry.Name != OnlyScope).ToLookup(entry => method.Spec.Find(entry.Name)!.PerModel);
        return new ArrayMerge(method, inputs[$"{baseModel}/{tensor}"].Shape, inputs[$"{baseModel}/{tensor}"].Values, [.. models.Select(model => inputs[$"{model}/{tensor}"].Values)])
        {
            Arguments = parameters[false].ToDictionary(entry => entry.Name, entry => method.Spec.Value(entry.Name, entry.Value.ToString())),
            PerModel = [.. models.Select((_, i) => parameters[true].ToDictionary(entry => entry.Name, entry => method.Spec.Value(entry.Name, Of(entry.Value, i).ToString())))],
            Keep = [.. models.Select(model => $"{model.Replace("model", "keep", StringComparison.Ordinal)}/{tensor}").Where(inputs.ContainsKey)
                .Select(key => inputs[key].Values.Select(kept => kept == 1).ToArray())],
        };
    }

    /// <summary>A list has a value for each model, anything else is all models' value.</summary>
    static JsonElement Of(JsonElement value, int model) => value.ValueKind == JsonValueKind.Array ? value[model] : value;

    static Dictionary<string, (TensorShape Shape, float[] Values)> Tensors(string file)
    {
        using var reader = new TensorReader();
        return SafetensorsHeader.Read(file).Tensors.ToDictionary(tensor => tensor.Name, tensor => (tensor.Shape, Elements(reader, tensor)));
    }

    static float[] Elements(TensorReader reader, TensorInfo tensor)
    {
        byte[] stored = new byte[tensor.Length];
        reader.Read(tensor, 0, stored);
        float[] values = new float[tensor.Shape.Count];
        ScalarConversions.Decode(tensor.Dtype, stored, values);
        return values;
    }
}
