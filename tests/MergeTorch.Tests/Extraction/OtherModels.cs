using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeTorch.Tests.Extraction;

/// <summary>Models with biases, input-first weights, tied or longer embeddings.</summary>
public sealed class OtherModels
{
    static MergePlan Plan(string model, string baseModel, string settings = "") => Extracted.Planned($"../models/{model}", settings, new NoAlgebra(), $"../models/{baseModel}");

    [SkippableFact]
    public void InputFirstWeightsAndBiasesAreGivenBack()
    {
        var found = new Extracted("../models/gpt2-a", baseModel: "../models/gpt2-base");
        string models = Path.Combine(Extracted.Data, "..", "models");
        var (before, after) = (Tensors.Read(Path.Combine(models, "gpt2-base/model.safetensors")), Tensors.Read(Path.Combine(models, "gpt2-a/model.safetensors")));
        string[] modules = [.. found.Plan.Steps.Select(step => step.Factoring?.Module).OfType<string>().Where(module => module.Contains(".h."))];
        Assert.Equal(8, modules.Length);
        foreach (string module in modules)
        {
            // The checkpoint's names lack the first part of the architecture's.
            var weight = after.First(tensor => $"{module}.weight".EndsWith(tensor.Key, StringComparison.Ordinal));
            float[] old = before[weight.Key].Values, difference = [.. weight.Value.Values.Zip(old, (a, b) => a - b)];
            var (a, b) = (found[$"{module}.lora_A.weight"], found[$"{module}.lora_B.weight"]);
            Assert.Equal(weight.Value.Shape[0], a.Shape[1]);
            Assert.Equal(weight.Value.Shape[1], b.Shape[0]);
            float[] product = Numbers.Transposed(found.Product(module), (int)b.Shape[0], (int)a.Shape[1]);
            float tolerance = 1e-5f * difference.Max(MathF.Abs);
            Assert.All(difference.Zip(product), pair => Assert.Equal(pair.First, pair.Second, tolerance));
            string bias = weight.Key.Replace("weight", "bias");
            Assert.Equal(after[bias].Values.Zip(before[bias].Values, (x, y) => x - y), found[$"{module}.lora_B.bias"].Values);
        }
        Assert.True((bool)found.Config["fan_in_fan_out"]!);
        Assert.True((bool)found.Config["lora_bias"]!);
    }

    [Fact]
    public void EmbeddingsBesideBiasesStayWholeAndSaySo()
    {
        MergePlan plan = Plan("gpt2-a", "gpt2-base", "parameters: {embed_lora: true}");
        Assert.Equal("MRG0187", Assert.Single(plan.Warnings).Code);
        Assert.DoesNotContain(plan.Outputs, output => output.Name.Contains("lora_embedding"));
        Assert.Contains(plan.Outputs, output => output.Name.EndsWith("wte.weight", StringComparison.Ordinal));
    }

    [Fact]
    public void TiedHeadsAreNotStored() =>
        Assert.DoesNotContain(Plan("llama-tied-a", "llama-tied-base").Outputs, output => output.Name.Contains("lm_head"));

    [Fact]
    public void VocabulariesOfOtherSizeAreWholeAndSaySo()
    {
        MergePlan plan = Plan("llama-b-vocab120", "llama-base", "parameters: {embed_lora: true}");
        Assert.Equal("MRG0190", Assert.Single(plan.Warnings).Code);
        Assert.Equal(120, plan.Outputs.Single(output => output.Name == "base_model.model.model.embed_tokens.weight").Shape[0]);
        Assert.True(plan.Adapter!.IsResized);
    }

    [Fact]
    public void AnotherArchitectureIsAnError() =>
        Assert.Contains("MRG0252", Assert.Throws<MergeException>(() => Plan("gpt2-a", "llama-base")).Diagnostics.Select(error => error.Code));

    [Fact]
    public void ConvolutionsKeepTheirKernelInA()
    {
        IReadOnlyList<StepOutput> outputs = new Factoring("conv", "A", "B", 2).Outputs(new TensorShape(6, 4, 3), Dtype.F32);
        Assert.Equal([new TensorShape(2, 4, 3), new TensorShape(6, 2, 1)], outputs.Select(output => output.Shape));
    }
}
