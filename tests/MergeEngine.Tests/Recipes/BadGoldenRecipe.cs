using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>The golden cases whose text is refused. Positions counted by hand in the files; what mergekit says stands in their expected-error.txt.</summary>
public class BadGoldenRecipe
{
    [Theory]
    [InlineData("bad-chat-template", "MRG0125@9,16")]
    [InlineData("bad-dare-density-negative", "MRG0106@5,38")]
    [InlineData("bad-dtype-float64", "MRG0109@7,8")]
    [InlineData("bad-duplicate-keys", "MRG0133@1,15 MRG0105@3,42 MRG0105@4,42 MRG0111@5,1 MRG0105@6,14 MRG0111@7,1")]
    [InlineData("bad-empty-file", "MRG0120@1,1")]
    [InlineData("bad-empty-models", "MRG0108@1,1")]
    [InlineData("bad-layer-range-missing", "MRG0104@3,15")]
    [InlineData("bad-layer-range-three", "MRG0103@3,52")]
    [InlineData("bad-lora-no-cache", "MRG0122@3,12")]
    [InlineData("bad-missing-base-slerp", "MRG0133@1,15")]
    [InlineData("bad-model-number", "MRG0103@2,18")]
    [InlineData("bad-model-plus-plus", "MRG0121@3,12")]
    [InlineData("bad-models-and-slices", "MRG0108@6,3")]
    [InlineData("bad-multi-cycle", "MRG0137@1,7")]
    [InlineData("bad-multi-trailing-document", "MRG0120@5,2")]
    [InlineData("bad-no-models", "MRG0108@1,1")]
    [InlineData("bad-slice-lengths", "MRG0127@5,49")]
    [InlineData("bad-top-level-list", "MRG0103@1,1")]
    [InlineData("bad-two-documents", "MRG0135@6,1")]
    [InlineData("bad-weight-empty-list", "MRG0129@4,26")]
    [InlineData("bad-weight-map", "MRG0128@4,26")]
    [InlineData("bad-weight-mixed-list", "MRG0130@4,26")]
    [InlineData("bad-weight-null", "MRG0103@4,26")]
    [InlineData("bad-weight-text", "MRG0103@4,26")]
    [InlineData("bad-yaml-syntax", "MRG0110@3,1")]
    [InlineData("bad-yaml-tabs", "MRG0110@3,1")]
    [InlineData("linear-slices-negative-range", "MRG0126@3,52")]
    [InlineData("passthrough-empty-range", "MRG0126@3,57")]
    [InlineData("passthrough-lora", "MRG0122@3,12")]
    public void IsRefusedWithPositions(string name, string findings)
    {
        var error = Assert.Throws<MergeException>(() => RecipeFile.Read(RecipeText.GoldenRecipes[name], MethodRegistry.All));
        Assert.Equal(findings.Split(' '), RecipeText.Short(error.Diagnostics));
    }

    [Theory]
    [InlineData("bad-missing-t", "MRG0132@5,18 MRG0132@7,18")]
    [InlineData("bad-unknown-key", "MRG0102@5,1 MRG0102@6,1")]
    [InlineData("bad-unknown-parameter", "MRG0105@4,29 MRG0105@6,29 MRG0105@7,14 MRG0105@7,32")]
    public void IsReadWithWarnings(string name, string findings) =>
        Assert.Equal(findings.Split(' '), RecipeText.Short(Assert.Single(RecipeFile.Read(RecipeText.GoldenRecipes[name], MethodRegistry.All)).Warnings));
}
