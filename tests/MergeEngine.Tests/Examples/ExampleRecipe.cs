using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Kernels;
using MergeEngine.Planning;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Examples;

/// <summary>Recipes with what mergekit's published examples use, over models of the published depth.</summary>
public sealed class ExampleRecipe : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("example-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Weights 1, 0.3 and 0.5 without a base, in float16.</summary>
    [Fact]
    public void AveragesThreeModels()
    {
        Write(TinyModel.Llama13B, "orca", "wizard", "platypus");
        Merge("merge_method: linear\ndtype: float16\nmodels:\n" + Model("orca", "weight: 1.0") + Model("wizard", "weight: 0.3") + Model("platypus", "weight: 0.5"));
        const string tensor = "model.layers.31.mlp.up_proj.weight";
        var (a, b, c) = (Values("orca", tensor), Values("wizard", tensor), Values("platypus", tensor));
        AssertNear([.. a.Select((x, i) => (1.0f * x + 0.3f * b[i] + 0.5f * c[i]) / 1.8f)], tensor);
        Assert.Equal(40, (int)Config["num_hidden_layers"]!);
        Assert.Equal("float16", (string)Config["torch_dtype"]!);
    }

    /// <summary>Both spellings of one merge: slices over all layers, and a list of models.</summary>
    [Theory]
    [InlineData("slices: [{sources: [{model: orca, layer_range: [0, 40]}, {model: platypus, layer_range: [0, 40]}]}]\n")]
    [InlineData("models: [{model: orca}, {model: platypus}]\n")]
    public void InterpolatesAlongGradients(string inputs)
    {
        Write(TinyModel.Llama13B, "orca", "platypus");
        Merge(inputs + """
            merge_method: slerp
            base_model: orca
            dtype: float16
            parameters:
              t:
                - {filter: self_attn, value: [0, 0.5, 0.3, 0.7, 1]}
                - {filter: mlp, value: [1, 0.5, 0.7, 0.3, 0]}
                - {value: 0.5}
            """);
        AssertNear(Values("orca", "model.layers.0.self_attn.q_proj.weight"), "model.layers.0.self_attn.q_proj.weight");
        AssertNear(Values("platypus", "model.layers.39.self_attn.q_proj.weight"), "model.layers.39.self_attn.q_proj.weight");
        AssertNear(Values("platypus", "model.layers.0.mlp.down_proj.weight"), "model.layers.0.mlp.down_proj.weight");
        AssertNear(Values("orca", "model.layers.39.mlp.down_proj.weight"), "model.layers.39.mlp.down_proj.weight");
        Assert.Equal(1, Plan.Steps.Single(step => step.Name == "model.layers.39.self_attn.v_proj.weight").Parameters["t"]);
        // Layer 13 of 40: t = 13/39 = 1/3, a third of the way from 0.5 to 0.3.
        Assert.Equal(0.5 - 0.2 / 3, Plan.Steps.Single(step => step.Name == "model.layers.13.self_attn.v_proj.weight").Parameters["t"], 12);
        Assert.Equal(0.5, Plan.Steps.Single(step => step.Name == "lm_head.weight").Parameters["t"]);
    }

    /// <summary>Layers 0-23 of one model under layers 20-39 of another: 44 in all, the middle ones of both.</summary>
    [Fact]
    public void StacksOverlappingLayers()
    {
        Write(TinyModel.Llama13B, "orca", "platypus");
        Merge("merge_method: passthrough\ndtype: float16\nslices:\n  - sources: [{model: orca, layer_range: [0, 24]}]\n  - sources: [{model: platypus, layer_range: [20, 40]}]\n");
        Assert.Equal(44, (int)Config["num_hidden_layers"]!);
        Assert.Equal(44 * 9 + 3, Merged.Count);
        AssertSame("orca", "model.embed_tokens.weight", "model.embed_tokens.weight");
        AssertSame("orca", "model.layers.23.mlp.gate_proj.weight", "model.layers.23.mlp.gate_proj.weight");
        AssertSame("platypus", "model.layers.20.mlp.gate_proj.weight", "model.layers.24.mlp.gate_proj.weight");
        AssertSame("platypus", "model.layers.39.input_layernorm.weight", "model.layers.43.input_layernorm.weight");
        AssertSame("platypus", "lm_head.weight", "lm_head.weight");
    }

    /// <summary>Layers of one model several times: the way to a deeper model from one checkpoint.</summary>
    [Fact]
    public void StacksOneModelOnItself()
    {
        Write(TinyModel.Mistral7B, "base");
        Merge("merge_method: passthrough\nslices:\n  - sources: [{model: base, layer_range: [0, 24]}]\n  - sources: [{model: base, layer_range: [8, 32]}]\n");
        Assert.Equal(48, (int)Config["num_hidden_layers"]!);
        AssertSame("base", "model.layers.8.self_attn.o_proj.weight", "model.layers.8.self_attn.o_proj.weight");
        AssertSame("base", "model.layers.8.self_attn.o_proj.weight", "model.layers.24.self_attn.o_proj.weight");
        AssertSame("base", "model.layers.31.self_attn.o_proj.weight", "model.layers.47.self_attn.o_proj.weight");
    }

    /// <summary>Gradients of density and weight, and a model that takes part in the feed-forward tensors only.</summary>
    [Fact]
    public void TrimsByGradientsAndConditions()
    {
        Write(TinyModel.Llama13B, "llama", "orca", "platypus", "math");
        Merge("merge_method: ties\nbase_model: llama\ndtype: float16\nparameters: {normalize: true, int8_mask: true}\nmodels:\n"
            + Model("orca", "density: [1, 0.7, 0.1], weight: 1.0") + Model("platypus", "density: 0.5, weight: [0, 0.3, 0.7, 1]")
            + Model("math", "density: 0.33, weight: [{filter: mlp, value: 0.5}, {value: 0}]"));
        // Layer 26 of 40: t = 2/3: a third of the way from 0.7 to 0.1, and the third weight.
        var sources = Plan.Steps.Single(step => step.Name == "model.layers.26.mlp.up_proj.weight").Sources;
        Assert.Equal([0.5, 0.5, 0.33], sources.Take(3).Select(source => Math.Round(source.Parameters["density"], 12)));
        Assert.Equal([1, 0.7, 0.5], sources.Take(3).Select(source => Math.Round(source.Parameters["weight"], 12)));
        Assert.Equal(0, Plan.Steps.Single(step => step.Name == "model.norm.weight").Sources[2].Parameters["weight"]);
        // At the embeddings only orca has weight and keeps everything: the base plus its whole task vector.
        AssertNear(Values("orca", "model.embed_tokens.weight"), "model.embed_tokens.weight");
    }

    /// <summary>Two fine-tunes of Mistral, not normalized, from bfloat16 to float16.</summary>
    [Fact]
    public void AddsTrimmedTaskVectors()
    {
        Write(TinyModel.Mistral7B, "mistral", "instruct", "biomistral");
        Merge("merge_method: ties\nbase_model: mistral\ndtype: float16\nparameters: {normalize: false, int8_mask: true}\nmodels:\n"
            + Model("instruct", "density: 0.5, weight: 0.5") + Model("biomistral", "density: 0.5, weight: 0.5"));
        const string tensor = "model.layers.31.input_layernorm.weight";
        AssertNear(Ties(Values("mistral", tensor), Values("instruct", tensor), Values("biomistral", tensor)), tensor);
        Assert.All(Merged.Values, stored => Assert.Equal(Dtype.F16, stored.Info.Dtype));
        Assert.Equal("float16", (string)Config["torch_dtype"]!);
    }

    [Fact]
    public void FusesTwoModels()
    {
        Write(TinyModel.Llama13B, "one", "two");
        Merge("merge_method: arcee_fusion\nbase_model: one\ndtype: bfloat16\nmodels: [{model: one}, {model: two}]\n");
        Assert.All(Merged.Values, stored => Assert.Equal(Dtype.BF16, stored.Info.Dtype));
        Assert.Equal("bfloat16", (string)Config["torch_dtype"]!);
    }

    MergePlan Plan { get; set; } = null!;

    Dictionary<string, (TensorInfo Info, byte[] Bytes)> Merged { get; set; } = [];

    JsonNode Config => Plan.Texts.Single(text => text.Name == "config.json") is var text ? JsonNode.Parse(text.Text)! : null!;

    static string Model(string name, string parameters) => $"  - {{model: {name}, parameters: {{{parameters}}}}}\n";

    void Write(TinyModel model, params string[] names)
    {
        for (int i = 0; i < names.Length; i++) model.Write(Path.Combine(folder, names[i]), (ulong)i + 1);
    }

    void Merge(string recipe)
    {
        Plan = MergePlanner.Plan(Planning.Plans.Read(recipe), new PlanningContext { ProjectDirectory = folder });
        Assert.Empty(Plan.Recipe.Warnings.Concat(Plan.Warnings));
        MergeExecutor.Run(Plan, Path.Combine(folder, "out"), new MergeOptions { Threads = 2 }, null, CancellationToken.None);
        Merged = TensorFile.ReadCheckpoint(Path.Combine(folder, "out"));
    }

    float[] Values(string model, string tensor) => Decode(TensorFile.ReadCheckpoint(Path.Combine(folder, model))[tensor]);

    static float[] Decode((TensorInfo Info, byte[] Bytes) tensor)
    {
        float[] values = new float[tensor.Info.Shape.Count];
        KernelSet.All[0].Decode(tensor.Info.Dtype, tensor.Bytes, values);
        return values;
    }

    /// <summary>Equal within one unit of float16 below 1.</summary>
    void AssertNear(float[] expected, string tensor)
    {
        float[] actual = Decode(Merged[tensor]);
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(MathF.Abs(expected[i] - actual[i]) <= 0.0005f, $"{tensor}[{i}]: expected {expected[i]}, got {actual[i]}");
    }

    void AssertSame(string model, string from, string to)
    {
        var source = TensorFile.ReadCheckpoint(Path.Combine(folder, model))[from];
        Assert.Equal(source.Info.Dtype, Merged[to].Info.Dtype);
        Assert.True(source.Bytes.AsSpan().SequenceEqual(Merged[to].Bytes), to);
    }

    /// <summary>The steps of the paper in plain loops: half of each task vector, the sign of the sum, the sum of what agrees, times a half.</summary>
    static float[] Ties(float[] based, params float[][] models)
    {
        float[][] trimmed = [.. models.Select(model => KeepHalf([.. model.Select((x, i) => x - based[i])]))];
        return [.. based.Select((x, i) =>
        {
            float sign = trimmed.Sum(vector => 0.5f * vector[i]) >= 0 ? 1 : -1;
            return x + trimmed.Where(vector => MathF.Sign(vector[i]) == sign).Sum(vector => 0.5f * vector[i]);
        })];
    }

    static float[] KeepHalf(float[] vector)
    {
        var kept = Enumerable.Range(0, vector.Length).OrderByDescending(i => MathF.Abs(vector[i])).Take(vector.Length / 2).ToHashSet();
        return [.. vector.Select((x, i) => kept.Contains(i) ? x : 0)];
    }
}
