using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Planning;

/// <summary>Vocabularies of other sizes, tied heads, tensors that only some models or no architecture know.</summary>
public class TensorsThatDiffer
{
    [Theory]
    [InlineData("linear-vocab-crop")]
    [InlineData("model_stock-vocab-crop")]
    [InlineData("task_arithmetic-vocab-crop")]
    public void InVocabularyAreCroppedToTheSmallest(string name)
    {
        MergePlan plan = Plans.OfCase(name);
        Assert.All(plan.Step("model.embed_tokens.weight").Sources, source => Assert.Equal(new TensorShape(120, 32), source.Tensor.Shape));
        Assert.Equal(new TensorShape(120, 32), plan.Step("lm_head.weight").Shape);
        Assert.Equal(120, (int)plan.Config()["vocab_size"]!);
        Assert.Contains("the first 120 rows", Plans.Warning(plan, "MRG0166").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void InHeadBorrowTheEmbedding() => Assert.Equal(["lm_head.weight", "model.embed_tokens.weight"],
        Plans.OfCase("linear-tied-and-untied").Step("lm_head.weight").Sources.Select(source => source.Tensor.Name));

    /// <summary>The output has a head; loaded as tied, it would be lost.</summary>
    [Fact]
    public void InHeadUntieTheConfiguration()
    {
        const string models = "models: [{model: models/llama-a}, {model: models/llama-tied-a}]\nparameters: {weight: 1}\nmerge_method: linear\n";
        MergePlan plan = Plans.Of(models + "base_model: models/llama-tied-a\n");
        Assert.False((bool)plan.Config()["tie_word_embeddings"]!);
        Plans.Warning(plan, "MRG0168");
        Assert.True((bool)Plans.OfCase("linear-tied").Config()["tie_word_embeddings"]!);
        Assert.DoesNotContain(Plans.Of(models).Warnings, warning => warning.Code == "MRG0168");
    }

    [Fact]
    public void InNothingAreNotWritten() => Assert.DoesNotContain(Plans.OfCase("linear-tied").Steps, step => step.Name == "lm_head.weight");

    [Fact]
    public void InOneModelOnlyAreMergedFromIt()
    {
        MergePlan plan = Plans.Of("merge_method: linear\nparameters: {weight: 1}\nmodels: [{model: models/llama-b}, {model: models/llama-a-extra}]");
        Assert.Equal(["models/llama-a-extra"], plan.Step("model.layers.0.self_attn.q_proj.bias").Sources.Select(source => source.Model));
    }

    [Fact]
    public void InTheBaseMissingFailWithMRG0202()
    {
        Diagnostic error = Plans.Error("merge_method: ties\nbase_model: models/llama-base\nparameters: {weight: 1}\nmodels: [{model: models/llama-a-extra}]");
        Assert.Equal(("MRG0202", 2), (error.Code, error.Position.Line));
        Assert.Contains("lacks 1 tensor", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FromTheArchitectureFailWithMRG0152UnlessAllowed() => WithTensor("model.layers.0.self_attn.q_proj.weight_scale", path =>
    {
        string recipe = $"merge_method: passthrough\nmodels: [{{model: \"{path}\"}}]\n";
        Assert.Contains("'model.layers.0.self_attn.q_proj.weight_scale'", Plans.Error(recipe).Text, StringComparison.Ordinal);
        Assert.Equal("MRG0152", Plans.Error(recipe).Code);
        Assert.Equal(21, Plans.Of(recipe + "allow_dropped_tensors: true\n").Steps.Count);
    });

    [Fact]
    public void FromTheArchitectureAsBuffersAreIgnored() => WithTensor("model.layers.0.self_attn.rotary_emb.inv_freq",
        path => Assert.Equal(21, Plans.Of($"merge_method: passthrough\nmodels: [{{model: \"{path}\"}}]\n").Steps.Count));

    [Fact]
    public void BecauseTheyAreQuantizedFailWithMRG0255() => InCopy(path =>
    {
        string config = Path.Combine(path, "config.json");
        JsonNode root = JsonNode.Parse(File.ReadAllText(config))!;
        root["quantization_config"] = new JsonObject { ["quant_method"] = "fp8" };
        File.WriteAllText(config, root.ToJsonString());
        Assert.Equal("MRG0255", Plans.Error($"merge_method: passthrough\nmodels: [{{model: \"{path}\"}}]\n").Code);
    });

    static void WithTensor(string name, Action<string> test) => InCopy(path =>
    {
        Checkpoint source = Checkpoint.Open(path);
        (string Name, Dtype, TensorShape)[] tensors = [.. source.Tensors.Values.Select(tensor => (tensor.Name, tensor.Dtype, tensor.Shape)), (name, Dtype.F32, new TensorShape(1))];
        File.Delete(Path.Combine(path, "model.safetensors"));
        using (var writer = new CheckpointWriter(path, OutputLayout.Create(tensors, 0)))
        {
            for (int i = 0; i < tensors.Length; i++) writer.Write(i, 0, new byte[tensors[i].Item3.Count * tensors[i].Item2.Size()]);
            writer.Complete();
        }
        test(path);
    });

    static void InCopy(Action<string> test)
    {
        string path = Directory.CreateTempSubdirectory("model").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(Path.Combine(TestData.Folder, "models", "llama-a"))) File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
            test(path);
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
