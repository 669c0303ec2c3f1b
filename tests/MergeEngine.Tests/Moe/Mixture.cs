using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Tests.Planning;

namespace MergeEngine.Tests.Moe;

public class Mixture
{
    [Theory]
    [InlineData("llama", "MixtralForCausalLM", "model.layers.1.block_sparse_moe.experts.0.w3.weight", "model.layers.1.block_sparse_moe.gate.weight")]
    [InlineData("mistral", "MixtralForCausalLM", "model.layers.1.block_sparse_moe.experts.0.w3.weight", "model.layers.1.block_sparse_moe.gate.weight")]
    [InlineData("qwen3", "Qwen3MoeForCausalLM", "model.layers.1.mlp.experts.0.up_proj.weight", "model.layers.1.mlp.gate.weight")]
    public void OfOneFamilyCopiesTheBaseAndTheExperts(string family, string architecture, string expert, string router)
    {
        var built = Mixtures.Build(Mixtures.Recipe(family));
        var (based, model) = (Mixtures.Model($"{family}-base"), Mixtures.Model($"{family}-a"));
        Assert.Equal(architecture, (string?)Config(Mixtures.Recipe(family))["architectures"]![0]);
        foreach (var (name, tensor) in based.Where(tensor => !tensor.Key.Contains(".mlp.", StringComparison.Ordinal))) Assert.Equal(tensor.Bytes, built[name].Bytes);
        Assert.Equal(model["model.layers.1.mlp.up_proj.weight"].Bytes, built[expert].Bytes);
        Assert.Equal(based["model.layers.1.mlp.up_proj.weight"].Bytes, built[expert.Replace(".0.", ".1.", StringComparison.Ordinal)].Bytes);
        Assert.Equal(new TensorShape(2, 32), built[router].Info.Shape);
        Assert.Equal(based.Count(tensor => !tensor.Key.Contains(".mlp.", StringComparison.Ordinal)) + 2 * (2 * 3 + 1), built.Count);
    }

    [Fact]
    public void OfLlamaIsWhatTheMixtralDefinitionReads()
    {
        var names = Mixtures.Plan(Mixtures.Recipe("llama")).Steps.Select(step => step.Name);
        Assert.Equal(Mixtures.Model("mixtral-base").Keys.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OfQwen2HasASharedExpertWithAGate()
    {
        var built = Mixtures.Build(Mixtures.WithShared("qwen2"));
        Assert.Equal(new TensorShape(1, 32), built["model.layers.0.mlp.shared_expert_gate.weight"].Info.Shape);
        float[] down = Mixtures.Floats(Mixtures.Model("qwen2-a")["model.layers.0.mlp.down_proj.weight"]);
        Assert.Equal([.. down.Select(value => value * 0.1f)], Mixtures.Floats(built["model.layers.0.mlp.shared_expert.down_proj.weight"]));
        Assert.Equal(Mixtures.Model("qwen2-a")["model.layers.0.mlp.up_proj.weight"].Bytes, built["model.layers.0.mlp.shared_expert.up_proj.weight"].Bytes);
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("mistral")]
    public void OfQwenKindHasAttentionBiasesOfZero(string family)
    {
        var built = Mixtures.Build(Mixtures.WithShared(family, "architecture: qwen"));
        Assert.Equal((new TensorShape(16), Dtype.F32), (built["model.layers.1.self_attn.k_proj.bias"].Info.Shape, built["model.layers.1.self_attn.k_proj.bias"].Info.Dtype));
        Assert.All(built["model.layers.0.self_attn.q_proj.bias"].Bytes, value => Assert.Equal(0, value));
        Assert.DoesNotContain("model.layers.0.self_attn.o_proj.bias", built.Keys);
    }

    [Fact]
    public void OfDeepSeekKindHasASharedExpertWithoutAGate()
    {
        var names = Mixtures.Plan(Mixtures.WithShared("llama")).Steps.Select(step => step.Name).ToHashSet();
        Assert.Contains("model.layers.1.mlp.shared_experts.down_proj.weight", names);
        Assert.DoesNotContain(names, name => name.Contains("shared_expert_gate", StringComparison.Ordinal));
        JsonNode config = Config(Mixtures.WithShared("llama"));
        Assert.Equal(("deepseek", 1, 2), ((string?)config["model_type"], (int)config["n_shared_experts"]!, (int)config["n_routed_experts"]!));
    }

    [Fact]
    public void MayShareAModelThatIsNoExpert() => Assert.Contains("models/llama-b",
        Mixtures.Plan(Mixtures.Recipe("llama") + "shared_experts: [{source_model: models/llama-b}]\n").Steps.SelectMany(step => step.Sources).Select(source => source.Model));

    [Fact]
    public void HasNoiseThenAScaleOfTheResidual()
    {
        const string name = "model.layers.0.block_sparse_moe.experts.0.";
        var (plain, noisy) = (Mixtures.Build(Mixtures.Recipe("llama")), Mixtures.Build(Mixtures.Recipe("llama", expert: "noise_scale: 0.5")));
        var both = Mixtures.Build(Mixtures.Recipe("llama", expert: "noise_scale: 0.5\n    residual_scale: 2"));
        float[] noise = [.. Mixtures.Floats(noisy[name + "w1.weight"]).Zip(Mixtures.Floats(plain[name + "w1.weight"]), (after, before) => (after - before) / 0.5f)];
        Assert.Equal(0, noise.Average(), 0.1);
        Assert.Equal(1, noise.Average(value => value * value), 0.15);
        Assert.Equal(noisy[name + "w1.weight"].Bytes, both[name + "w1.weight"].Bytes);
        Assert.Equal([.. Mixtures.Floats(noisy[name + "w2.weight"]).Select(value => value * 2)], Mixtures.Floats(both[name + "w2.weight"]));
        Assert.Equal(plain["model.layers.0.block_sparse_moe.experts.1.w1.weight"].Bytes, noisy["model.layers.0.block_sparse_moe.experts.1.w1.weight"].Bytes);
    }

    [Fact]
    public void HasTheAskedType()
    {
        var built = Mixtures.Build(Mixtures.Recipe("llama", "dtype: bfloat16"));
        Assert.All(built.Values, tensor => Assert.Equal(Dtype.BF16, tensor.Info.Dtype));
        Assert.Equal("bfloat16", (string?)Config(Mixtures.Recipe("llama", "dtype: bfloat16"))["dtype"]);
    }

    [Fact]
    public void HasTheTypeOfTheBaseElse() => Assert.All(
        Mixtures.Plan("base_model: models/llama-base-bf16\ngate_mode: random\nexperts: [{source_model: models/llama-a}, {source_model: models/llama-b-bf16}]\n").Steps,
        step => Assert.Equal(Dtype.BF16, step.Dtype));

    [Fact]
    public void SwapsRowsAndMatricesWithTheExperts()
    {
        const string head = "base_model: models/llama-base\ngate_mode: cheap_embed\nexperts:\n";
        const string a = "  - {source_model: models/llama-a, positive_prompts: ['1 2 3']}\n", b = "  - {source_model: models/llama-b, positive_prompts: ['4 5'], negative_prompts: ['6']}\n";
        var (first, second) = (Mixtures.Build(head + a + b), Mixtures.Build(head + b + a));
        const string moe = "model.layers.1.block_sparse_moe.";
        Assert.Equal(first[moe + "experts.0.w1.weight"].Bytes, second[moe + "experts.1.w1.weight"].Bytes);
        float[] rows = Mixtures.Floats(first[moe + "gate.weight"]);
        Assert.Equal([.. rows[32..], .. rows[..32]], Mixtures.Floats(second[moe + "gate.weight"]));
        Assert.Equal(first["model.layers.0.block_sparse_moe.gate.weight"].Bytes, first[moe + "gate.weight"].Bytes);
    }

    static JsonNode Config(string text) => Mixtures.Plan(text).Config();
}
