using MergeEngine.Planning;
using MergeEngine.Tests.Planning;

namespace MergeEngine.Tests.Moe;

public class MixtureRefused
{
    [Theory]
    [InlineData("architecture: mixtral", "MRG0145")]
    [InlineData("architecture: qwen3", "MRG0145")]
    [InlineData("architecture: switch", "MRG0145")]
    public void ByItsArchitectureSaysWhy(string more, string code)
    {
        Diagnostic error = Mixtures.Error(Mixtures.WithShared("qwen2", more));
        Assert.Equal((code, 3), (error.Code, error.Position.Line));
    }

    [Fact]
    public void NamesTheReasonOfEveryArchitecture()
    {
        string text = Mixtures.Error(Mixtures.Recipe("qwen2")).Text;
        Assert.Contains("Qwen MoE needs exactly one shared expert", text, StringComparison.Ordinal);
        Assert.Contains("Mixtral takes models of the architecture llama or mistral", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WithPromptsForASharedExpertWithoutAGate() => Assert.Equal("MRG0145",
        Mixtures.Error(Mixtures.Recipe("llama", "architecture: deepseek") + "shared_experts: [{source_model: models/llama-a, positive_prompts: [x]}]\n").Code);

    [Fact]
    public void WithModelsOfTwoFamilies() => Assert.Equal("MRG0252",
        Mixtures.Error("base_model: models/llama-base\ngate_mode: random\nexperts: [{source_model: models/mistral-a}, {source_model: models/llama-a}]\n").Code);

    [Fact]
    public void WithAnotherNumberOfLayers() => Assert.Equal("MRG0155",
        Mixtures.Error("base_model: models/llama-base\ngate_mode: random\nexperts: [{source_model: models/llama-4l-a}, {source_model: models/llama-a}]\n").Code);

    [Theory]
    [InlineData("bad-shape")]
    [InlineData("bad-missing-tensor")]
    public void WithTensorsThatDoNotFit(string model)
    {
        Diagnostic error = Mixtures.Error($"base_model: models/llama-base\ngate_mode: random\nexperts:\n  - {{source_model: models/{model}}}\n  - {{source_model: models/llama-a}}\n");
        Assert.Equal(("MRG0202", 4), (error.Code, error.Position.Line));
    }

    [Fact]
    public void WithTensorsThatTheArchitectureHasNot()
    {
        const string text = "base_model: models/llama-a-extra\ngate_mode: random\nexperts: [{source_model: models/llama-b}, {source_model: models/llama-a}]\n";
        Assert.Contains(Plans.Errors(Plans.Read(text), Mixtures.Context), error => error.Code == "MRG0152");
        Assert.NotEmpty(Mixtures.Plan(text + "allow_dropped_tensors: true\n").Steps);
    }

    [Fact]
    public void WithoutATokenizer()
    {
        const string text = "base_model: models/llama-base\ngate_mode: cheap_embed\nexperts: [{source_model: models/llama-b, positive_prompts: [a]}, {source_model: models/llama-a, positive_prompts: [b]}]\n";
        Diagnostic error = Assert.Single(Plans.Errors(Plans.Read(text)));
        Assert.Equal(("MRG0259", 2, 12), (error.Code, error.Position.Line, error.Position.Column));
        PlanningContext broken = Plans.Context with { TextEncoders = _ => throw new InvalidDataException("it is no JSON.") };
        Assert.Contains("it is no JSON.", Assert.Single(Plans.Errors(Plans.Read(text), broken)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WithATokenThatHasNoEmbedding()
    {
        Diagnostic error = Mixtures.Error("base_model: models/llama-base\ngate_mode: cheap_embed\nexperts:\n"
            + "  - {source_model: models/llama-b, positive_prompts: ['1 127']}\n  - {source_model: models/llama-a, positive_prompts: ['1', '3 128']}\n");
        Assert.Equal(("MRG0259", 5, 60), (error.Code, error.Position.Line, error.Position.Column));
        Assert.Contains("token 128", error.Text, StringComparison.Ordinal);
    }
}
