using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>Classes without a definition: the architecture follows from the tensor names of all models.</summary>
public sealed class UnknownClass
{
    const string Config = """{"architectures": ["New"], "vocab_size": 10, "n_layer": 2}""";

    [Fact]
    public void OneRowOfLayersMakesOneModule()
    {
        ArchitectureModule module = Assert.Single(Architecture.Of([Model()]).Modules);
        Assert.Equal("default", module.Name);
        Assert.Equal(["embed.weight", "norm.weight"], module.Pre.Select(template => template.Name));
        Assert.Equal(["blocks.{layer}.experts.0.up", "blocks.{layer}.q"], module.Layer.Select(template => template.Name));
        Assert.Empty(module.Post);
    }

    [Fact]
    public void TensorsOfSomeLayersAreOptional() =>
        Assert.Equal([true, false], Architecture.Of([Model()]).Modules[0].Layer.Select(template => template.Optional));

    [Fact]
    public void TensorsOfSomeModelsAreOptional()
    {
        Architecture architecture = Architecture.Of([Model(), Model(("extra", [3]))]);
        Assert.True(architecture.Modules[0].Pre.Single(template => template.Name == "extra").Optional);
        Assert.False(architecture.Modules[0].Pre.Single(template => template.Name == "norm.weight").Optional);
    }

    [Fact]
    public void RowsOfTheVocabularyMakeAnEmbedding() =>
        Assert.Equal(["embed.weight"], Architecture.Of([Model()]).Modules[0].Pre.Where(template => template.IsEmbedding).Select(template => template.Name));

    [Fact]
    public void HeadIsTiedToTheEmbedding()
    {
        ModelOutline separate = Outlines.Of(Config, ("wte.weight", [12, 4]), ("lm_head.weight", [12, 4]));
        TensorTemplate head = Architecture.Of([Outlines.Of(Config, ("wte.weight", [12, 4])), separate]).Modules[0].Pre.Single(template => template.Name == "lm_head.weight");
        Assert.Equal("wte.weight", Assert.Single(head.TiedNames));
        Assert.True(head is { Optional: true, IsEmbedding: true });
    }

    [Fact]
    public void KeyThatCountsTheLayersOfEveryModelIsUsed()
    {
        ModelOutline other = Outlines.Of("""{"architectures": ["New"], "n_layer": 1}""", ("blocks.0.q", [1]));
        Assert.Equal("n_layer", Assert.Single(Architecture.Of([Model(), other]).Modules[0].LayerKeys));
    }

    [Fact]
    public void KeyThatIsWrongForAModelIsNotUsed()
    {
        ModelOutline other = Outlines.Of("""{"architectures": ["New"], "n_layer": 7}""", ("blocks.0.q", [1]));
        ArchitectureModule module = Architecture.Of([Model(), other]).Modules[0];
        Assert.Empty(module.LayerKeys);
        Assert.Equal(2, module.LayerCount(other.Config));
    }

    [Fact]
    public void SeveralRowsOfLayersMakeModules()
    {
        Architecture clip = Architecture.Of([Outlines.Stored("clip")]);
        Assert.Equal(["default", "text_model.encoder.layers", "vision_model.encoder.layers"], clip.Modules.Select(module => module.Name));
        Assert.Contains(clip.Modules[0].Pre, template => template.Name == "logit_scale");
        Assert.Equal([0, 2, 2], clip.Modules.Select(module => module.LayerCount(Outlines.Stored("clip").Config)));
    }

    [Fact]
    public void OneUnknownAmongKnownOnes_FailsWithMRG0252() =>
        Assert.Equal("MRG0252", Outlines.Error(() => Architecture.Of([Outlines.Stored("llama"), Model()])).Code);

    [Fact]
    public void LongNumbersAreNoLayers() =>
        Assert.Equal(["blocks.999999999999.q"], Architecture.Of([Outlines.Of(Config, ("blocks.999999999999.q", [1]))]).Modules[0].Pre.Select(template => template.Name));

    static ModelOutline Model(params (string Name, long[] Shape)[] more) => Outlines.Of(Config,
    [
        ("embed.weight", [10, 4]), ("norm.weight", [4]), ("blocks.0.q", [10, 4]), ("blocks.1.q", [10, 4]), ("blocks.1.experts.0.up", [4, 4]), .. more,
    ]);
}
