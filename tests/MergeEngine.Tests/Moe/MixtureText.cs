using MergeEngine.Planning.Moe;
using MergeEngine.Recipes;
using MergeEngine.Tests.Recipes;

namespace MergeEngine.Tests.Moe;

public class MixtureText
{
    const string Two = "experts:\n  - {source_model: a, positive_prompts: [p]}\n  - {source_model: b, positive_prompts: [q]}\n";

    const string Cheap = "base_model: m\ngate_mode: cheap_embed\n";

    [Fact]
    public void IsReadWithMergekitsDefaults()
    {
        MoeRecipe recipe = Read(Cheap + Two);
        Assert.Equal(2, recipe.ExpertsPerToken.Value);
        Assert.Equal(["m", "a", "b"], recipe.Models.Select(model => model.Value.ToString()));
        Assert.Equal(["p"], recipe.Experts[0].Positive.Select(prompt => prompt.Value));
        Assert.Null(recipe.Experts[0].NoiseScale);
        Assert.Equal("mergekit_moe_config.yml", recipe.FileName);
        Assert.Empty(recipe.Warnings);
    }

    [Fact]
    public void ReadsBackFromItsCanonicalYaml()
    {
        MoeRecipe recipe = Read(Cheap + "experts_per_token: 1\narchitecture: qwen\ndtype: bfloat16\nseed: 7\nname: n\nallow_all_same: true\n" + Two
            + "shared_experts:\n  - source_model: c\n    positive_prompts: [\"two\\nlines: and 'quotes'\", '1']\n    negative_prompts: [x]\n    noise_scale: 0.5\n    residual_scale: 1e-1\n");
        MoeRecipe again = Read(recipe.CanonicalYaml);
        Assert.Equal(recipe.CanonicalYaml, again.CanonicalYaml);
        Assert.Equal(0.1, again.SharedExperts[0].ResidualScale!.Value.Value);
        Assert.Equal(["two\nlines: and 'quotes'", "1"], again.SharedExperts[0].Positive.Select(prompt => prompt.Value));
        Assert.Contains("shared_experts[0].noise_scale = 0.5", recipe.CanonicalLines.Select(line => line.Text));
    }

    [Fact]
    public void WithAMethodIsNoMixture() => Assert.Contains("MRG0102@5,1", RecipeText.Findings(RecipeText.Linear + Two));

    [Theory]
    [InlineData("base_model: m\n" + Two, "MRG0144@1,1")]
    [InlineData("base_model: m\ngate_mode: hidden_avg\n" + Two, "MRG0144@2,12")]
    [InlineData("base_model: m\ngate_mode: cheap\n" + Two, "MRG0144@2,12")]
    [InlineData(Cheap + "experts_per_token: 0\n" + Two, "MRG0146@3,20")]
    [InlineData(Cheap + "experts_per_token: 3\n" + Two, "MRG0146@3,20")]
    [InlineData(Cheap + "experts:\n  - {source_model: a, positive_prompts: []}\n  - {source_model: b, positive_prompts: [q]}\n", "MRG0147@4,20")]
    [InlineData(Cheap + "experts:\n  - {source_model: a, positive_prompts: [q]}\n  - {source_model: b, positive_prompts: [q]}\n", "MRG0147@4,20")]
    [InlineData(Cheap + Two + "shared_experts:\n  - {source_model: c, positive_prompts: [q]}\n  - {source_model: d}\n", "MRG0147@8,20")]
    [InlineData(Cheap + "experts:\n  - {source_model: a, positive_prompts: [p]}\n  - {source_model: a, positive_prompts: [q]}\n", "MRG0148@4,20")]
    [InlineData(Cheap + Two + "  - {source_model: c, positive_prompts: [r]}\n", "MRG0149@4,20")]
    [InlineData("gate_mode: random\n" + Two, "MRG0104@1,1")]
    [InlineData("base_model: m\ngate_mode: random\nexperts: []\n", "MRG0129@3,10")]
    [InlineData("base_model: m\ngate_mode: random\nexperts: [{source_model: a, noise_scale: .nan}, {source_model: b}]\n", "MRG0131@3,42")]
    [InlineData("base_model: m\ngate_mode: random\nexperts: [{source_model: a, residual_scale: much}, {source_model: b}]\n", "MRG0103@3,45")]
    [InlineData("base_model: m\ngate_mode: random\nexperts: [{source_model: a, positive_prompts: [1]}, {source_model: b}]\n", "MRG0103@3,48")]
    [InlineData("base_model: m\ngate_mode: random\nparameters: {}\nexperts: [{source_model: a}, {source_model: b}]\n", "MRG0102@3,1")]
    public void IsChecked(string text, string finding) => Assert.Equal([finding], RecipeText.Findings(text));

    [Fact]
    public void MayRepeatOneModelToTrainItAfterwards()
    {
        const string same = "experts: [{source_model: a}, {source_model: a}]\n";
        Assert.Empty(RecipeText.Findings("base_model: a\ngate_mode: random\n" + same));
        Assert.Empty(RecipeText.Findings("base_model: a\ngate_mode: uniform_random\nallow_all_same: true\n" + same));
        Assert.Equal(["MRG0148@3,26"], RecipeText.Findings("base_model: a\ngate_mode: uniform_random\n" + same));
    }

    [Fact]
    public void NeedsNoPromptsWhereGatesAreRandom() =>
        Assert.Empty(RecipeText.Findings("base_model: a\ngate_mode: uniform_random\nexperts: [{source_model: a}, {source_model: b}]\n"));

    [Fact]
    public void NamesTheGateModesThatWork()
    {
        var error = Assert.Single(Assert.Throws<MergeException>(() => RecipeText.ReadAll("base_model: m\ngate_mode: hidden\n" + Two)).Diagnostics);
        Assert.Contains("cheap_embed, random, uniform_random", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfThePageIsRead()
    {
        string page = File.ReadAllText(Path.Combine(TestData.Repository, "docs", "moe.md"));
        string example = page.Split("```yaml\n")[1].Split("```")[0];
        Assert.Equal(["models/math", "models/code"], Read(example).Experts.Select(expert => expert.Model.Value.ToString()));
        Assert.All(MoeTarget.All, target => Assert.Contains($"| {target.Name} | ", page, StringComparison.Ordinal));
    }

    static MoeRecipe Read(string text) => Assert.IsType<MoeRecipe>(Assert.Single(RecipeText.ReadAll(text)));
}
