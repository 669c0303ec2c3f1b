using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

public class UnknownName
{
    [Fact]
    public void OfAMethodNamesTheNearest()
    {
        var error = Assert.Throws<MergeException>(() => RecipeText.Read(RecipeText.Linear.Replace("linear", "liner", StringComparison.Ordinal)));
        Assert.Equal("r.yml(1,15): error MRG0101: there is no merge method 'liner'; the methods are "
            + $"{string.Join(", ", MethodRegistry.All.Keys)}. Did you mean 'linear'?", error.Diagnostics.Single().ToString());
    }

    [Theory]
    [InlineData("parametres: {normalize: false}", "MRG0102@5,1", "Did you mean 'parameters'?")]
    [InlineData("normalize: false", "MRG0102@5,1", "under 'parameters'")]
    [InlineData("parameters: {normalise: false}", "MRG0105@5,14", "Did you mean 'normalize'?")]
    public void OfAKeyWarnsWithTheNearest(string line, string finding, string hint)
    {
        MergeRecipe recipe = RecipeText.Read(RecipeText.Linear + line);
        Assert.Equal([finding], RecipeText.Short(recipe.Warnings));
        Assert.Equal(Severity.Warning, recipe.Warnings[0].Severity);
        Assert.Contains(hint, recipe.Warnings[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge_method: passthrough\nmodels: [{model: a, layer_range: [0, 1]}]", "MRG0102@2,21")]
    [InlineData("merge_method: passthrough\nslices: [{sources: [{model: a, layer_range: [0, 1], weight: 1}], x: 1}]", "MRG0102@2,66 MRG0102@2,53")]
    [InlineData("merge_method: passthrough\nmodules: {default: {models: [{model: a}], base_model: a}}", "MRG0102@2,43")]
    public void AtAnyLevelWarns(string text, string findings) => Assert.Equal(findings.Split(' '), RecipeText.Findings(text));

    [Theory]
    [InlineData("bf16", "bfloat16")]
    [InlineData("torch.fp16", "float16")]
    [InlineData("float31", "float32")]
    public void OfADtypeNamesTheRightOne(string found, string meant)
    {
        var error = Assert.Throws<MergeException>(() => RecipeText.Read(RecipeText.Linear + $"out_dtype: {found}"));
        Assert.Contains($"Did you mean '{meant}'?", error.Diagnostics.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAnIntegerDtypeFailsWithMRG0109() => Assert.Equal(["MRG0109@5,8"], RecipeText.Findings(RecipeText.Linear + "dtype: int64"));
}
