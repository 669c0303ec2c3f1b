using MergeEngine.Adapters;

namespace MergeEngine.Tests.Adapters;

/// <summary>What cannot be folded is an error of the plan; no tensor of an adapter is left out in silence.</summary>
public sealed class UnfitAdapter
{
    [Theory]
    [InlineData("peft_type", "\"LOHA\"", "MRG0285")]
    [InlineData("peft_type", "\"IA3\"", "MRG0285")]
    [InlineData("peft_type", "\"PROMPT_TUNING\"", "MRG0285")]
    [InlineData("peft_type", "null", "MRG0285")]
    [InlineData("r", "0", "MRG0284")]
    [InlineData("r", "1e300", "MRG0284")]
    [InlineData("r", "\"8\"", "MRG0284")]
    [InlineData("lora_alpha", "null", "MRG0284")]
    [InlineData("use_dora", "1", "MRG0284")]
    [InlineData("rank_pattern", "[4]", "MRG0284")]
    [InlineData("rank_pattern", "{\"(\": 4}", "MRG0287")]
    [InlineData("rank_pattern", "{\"((a{99}){99}){99}\": 4}", "MRG0287")]
    [InlineData("rank_pattern", "{\"q_proj\": 5}", "MRG0294")]
    [InlineData("r", "3", "MRG0294")]
    [InlineData("use_dora", "true", "MRG0293")]
    [InlineData("lora_bias", "true", "MRG0293")]
    [InlineData("use_qalora", "true", "MRG0286")]
    [InlineData("layer_replication", "[[0, 2]]", "MRG0286")]
    [InlineData("arrow_config", "{\"a\": 1}", "MRG0286")]
    [InlineData("use_something_new", "true", "MRG0286")]
    [InlineData("init_lora_weights", "\"pissa_niter_4\"", "MRG0289")]
    [InlineData("init_lora_weights", "\"olora\"", "MRG0289")]
    public void SaysWhichSettingIsWrong(string key, string json, string code)
    {
        using var folder = new AdapterFolder().With(key, json);
        Assert.Equal([code], folder.Errors());
    }

    [Theory]
    [InlineData("layers.0.self_attn.q_proj.lora_A", "layers.0.self_attn.q_proj.lora_X", "MRG0292")]
    [InlineData("base_model.model.model.layers.0.self_attn.q_proj.lora_A", "base_model.thing.model.layers.0.self_attn.q_proj.lora_A", "MRG0291")]
    [InlineData("layers.0.self_attn.v_proj.lora_A", "layers.9.self_attn.v_proj.lora_A", "MRG0293")]
    public void SaysWhichTensorHasNoPlace(string from, string to, string code)
    {
        using var folder = new AdapterFolder().Renamed(from, to);
        Assert.Contains(code, folder.Errors());
    }

    [Fact]
    public void OfAnotherModelSaysSo()
    {
        using var folder = new AdapterFolder("gpt2");
        Assert.Equal(["MRG0292"], folder.Errors());
    }

    [Theory]
    [InlineData(AdapterConfig.FileName, "MRG0282")]
    [InlineData("adapter_model.safetensors", "MRG0283")]
    public void LacksAFile(string file, string code)
    {
        using var folder = new AdapterFolder().Without(file);
        Assert.Equal([code], folder.Errors());
    }

    [Fact]
    public void IsNoModelByItself()
    {
        var error = Assert.Throws<MergeException>(() => FoldCase.PlanOf("merge_method: passthrough\nmodels: [{model: adapters/plain-a}]")).Diagnostics.Single();
        Assert.Equal("MRG0281", error.Code);
        Assert.Contains("'base/llama+adapters/plain-a'", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfDoraHasNoWeight()
    {
        var error = Assert.Throws<MergeException>(() => FoldCase.PlanOf("merge_method: passthrough\nmodels: [{model: {model: base/llama, lora: {path: adapters/dora, weight: 0.5}}}]")).Diagnostics.Single();
        Assert.Equal("MRG0290", error.Code);
    }

    [Fact]
    public void WithNotesOfItsTrainerIsFoldedWithAWarning()
    {
        using var folder = new AdapterFolder().With("trained_by", "\"somebody\"");
        Assert.Equal("MRG0288", Assert.Single(FoldCase.PlanOf(folder.Recipe).Warnings).Code);
    }

    [Theory]
    [InlineData("q_proj", "model.layers.0.self_attn.q_proj", true)]
    [InlineData("q_proj", "model.layers.0.self_attn.eq_proj", false)]
    [InlineData("layers.1.self_attn.v_proj", "model.layers.1.self_attn.v_proj", true)]
    [InlineData("layers.1.self_attn.v_proj", "model.layers.11.self_attn.v_proj", false)]
    [InlineData("^model\\.layers\\.1\\..*", "model.layers.1.mlp.up_proj", true)]
    [InlineData("layers\\.(?!0)\\d+\\.q", "layers.10.q", true)]
    [InlineData("layers\\.(?!0)\\d+\\.q", "layers.0.q", false)]
    [InlineData("q_proj|v_proj", "a.v_proj", true)]
    public void HasPatternsThatFitWholeNames(string pattern, string module, bool fits) =>
        Assert.Equal(fits, ModulePattern.TryParse(pattern, out _)!.Fits(module));
}
