using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>How config.json and tensor names choose a definition.</summary>
public sealed class ModelClass
{
    [Theory]
    [InlineData("""{"architectures": null}""")]
    [InlineData("""{"architectures": []}""")]
    [InlineData("""{"architectures": "LlamaForCausalLM"}""")]
    [InlineData("""{"architectures": [1]}""")]
    [InlineData("{}")]
    public void Missing_FailsWithMRG0250(string config) =>
        Assert.Equal("MRG0250", Outlines.Error(() => Architecture.Of([Outlines.Of(config)])).Code);

    [Fact]
    public void SeveralOfThem_FailWithMRG0251()
    {
        Diagnostic error = Outlines.Error(() => Architecture.Of([Outlines.Of("""{"architectures": ["A", "B"]}""")]));
        Assert.Equal("MRG0251", error.Code);
        Assert.Contains("A, B", error.Text);
    }

    [Fact]
    public void ErrorsOfAllModelsAreReported()
    {
        MergeException error = Assert.Throws<MergeException>(() => Architecture.Of([Outlines.Of("{}"), Outlines.Stored("llama"), Outlines.Of("""{"architectures": ["A", "B"]}""")]));
        Assert.Equal(["MRG0250", "MRG0251"], error.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void QuantizedModel_FailsWithMRG0255() => Assert.Equal("MRG0255", Outlines.Error(() => Architecture.Of(
        [Outlines.Of("""{"architectures": ["LlamaForCausalLM"], "quantization_config": {"quant_method": "fp8"}}""")])).Code);

    [Fact]
    public void OverriddenClassReplacesThatOfTheFile()
    {
        ModelConfig config = Outlines.Config("""{"architectures": ["A", "B"], "n": 1}""");
        Assert.Equal(["MistralForCausalLM"], config.WithArchitecture("MistralForCausalLM").Architectures);
        Assert.Equal(["A", "B"], config.Architectures);
    }

    [Theory]
    [InlineData("phi", "phi2")]
    [InlineData("phi-msft", "phi2-old")]
    public void ModelTypeDecidesBetweenDefinitions(string type, string expected) =>
        Assert.Equal(expected, Find("PhiForCausalLM", type)?.Name);

    [Fact]
    public void UnknownTypeOfASharedClassIsUnknown() => Assert.Null(Find("PhiForCausalLM", "phi-other"));

    [Fact]
    public void ModelTypeOfAClassWithOneDefinitionIsNotAsked() => Assert.Equal("llama", Find("LlamaForCausalLM", "my-llama")?.Name);

    [Theory]
    [InlineData("mixtral", "mixtral-experts")]
    [InlineData("mixtral-fused", "mixtral")]
    [InlineData("qwen3_moe", "qwen3_moe-experts")]
    [InlineData("qwen3_moe-fused", "qwen3_moe")]
    public void LayoutOfExpertsIsThatOfTheFile(string checkpoint, string expected) =>
        Assert.Equal(expected, Architecture.Of([Outlines.Stored(checkpoint)]).Name);

    [Fact]
    public void DifferentArchitectures_FailWithMRG0252()
    {
        Diagnostic error = Outlines.Error(() => Architecture.Of([Outlines.Stored("llama"), Outlines.Stored("mistral")]));
        Assert.Equal("MRG0252", error.Code);
        Assert.Equal(new SourcePosition("recipe.yml", 2, 3), error.Position);
    }

    [Fact]
    public void DifferentLayouts_FailWithMRG0252() =>
        Assert.Equal("MRG0252", Outlines.Error(() => Architecture.Of([Outlines.Stored("mixtral"), Outlines.Stored("mixtral-fused")])).Code);

    [Fact]
    public void DifferentNumbersOfExperts_FailWithMRG0252() =>
        Assert.Equal("MRG0252", Outlines.Error(() => Architecture.Of([Outlines.Stored("mixtral"), Outlines.Stored("micro-mixtral-base")])).Code);

    [Fact]
    public void SameFamilyOfOtherSizeIsEqual() =>
        Assert.Equal("llama", Architecture.Of([Outlines.Stored("llama"), Outlines.Stored("llama-tied")]).Name);

    [Theory]
    [InlineData("{\"architectures\": [\"MixtralForCausalLM\"]}")]
    [InlineData("{\"architectures\": [\"MixtralForCausalLM\"], \"num_local_experts\": 2e9}")]
    [InlineData("{\"architectures\": [\"MixtralForCausalLM\"], \"num_local_experts\": -1}")]
    public void NumberOfExpertsMissingOrOutOfBounds_FailsWithMRG0254(string config) =>
        Assert.Equal("MRG0254", Outlines.Error(() => Architecture.Of([Outlines.Of(config, ("model.layers.0.block_sparse_moe.gate.weight", [2, 4]))])).Code);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"num_hidden_layers": "2"}""")]
    [InlineData("""{"num_hidden_layers": -2}""")]
    [InlineData("""{"num_hidden_layers": 1000000000}""")]
    public void LayerCountMissingOrOutOfBounds_FailsWithMRG0253(string config) =>
        Assert.Equal("MRG0253", Outlines.Error(() => Find("LlamaForCausalLM", "llama")!.Modules[0].LayerCount(Outlines.Config(config))).Code);

    [Theory]
    [InlineData("""{"num_layers": 3, "num_decoder_layers": 2}""", "num_decoder_layers", 2)]
    [InlineData("""{"num_layers": 3, "num_decoder_layers": null}""", "num_layers", 3)]
    [InlineData("""{"num_hidden_layers": 4}""", "num_hidden_layers", 4)]
    public void FirstLayerKeyThatIsThereCounts(string config, string key, int count)
    {
        ArchitectureModule decoder = Find("T5ForConditionalGeneration", "t5")!.Module("decoder")!;
        Assert.Equal(key, decoder.LayerCountKey(Outlines.Config(config)));
        Assert.Equal(count, decoder.LayerCount(Outlines.Config(config)));
    }

    [Fact]
    public void PredictionLayersAfterTheLastAreIgnorable()
    {
        var config = Outlines.Config("""{"architectures": ["Glm4MoeForCausalLM"], "num_hidden_layers": 2, "n_routed_experts": 1}""");
        Architecture glm = Architecture.Find(config, ["model.layers.1.mlp.experts.0.up_proj.weight"])!;
        Assert.Equal(["extra.weight"], glm.Unknown(config, ["model.layers.2.eh_proj.weight", "model.layers.1.mlp.experts.0.up_proj.weight", "extra.weight"]));
    }

    static Architecture? Find(string name, string type) => Architecture.Find(Outlines.Config($$"""{"architectures": ["{{name}}"], "model_type": "{{type}}"}"""), []);
}
