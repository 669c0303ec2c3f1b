using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

public class SeveralDocuments
{
    const string Chain = """
        name: last
        merge_method: passthrough
        models: [{model: middle}]
        ---
        merge_method: passthrough
        models: [{model: last}]
        ---
        name: middle
        merge_method: passthrough
        models: [{model: models/a}]
        """;

    [Fact]
    public void AreOrderedByWhatTheyNeed()
    {
        IReadOnlyList<Recipe> recipes = RecipeText.ReadAll(Chain);
        Assert.Equal(["middle", "last", null], recipes.Select(recipe => recipe.Name?.Value));
        Assert.Equal([[], ["middle"], ["last"]], recipes.Select(recipe => recipe.Needs));
    }

    [Fact]
    public void OfMergekitMultiAreRead()
    {
        IReadOnlyList<Recipe> recipes = RecipeFile.Read(RecipeText.GoldenRecipes["multi-two-documents"], MethodRegistry.All);
        Assert.Equal(["task_arithmetic", "slerp"], recipes.Select(recipe => recipe.Spec.Id));
        Assert.Equal(["inner"], recipes[1].Needs);
    }

    [Fact]
    public void WithOneNameFailWithMRG0136() => Assert.Equal(["MRG0136@8,7"], RecipeText.Findings(Chain.Replace("middle", "last", StringComparison.Ordinal)).Where(finding => finding.StartsWith("MRG0136", StringComparison.Ordinal)));

    [Fact]
    public void AreAThousandAtMost() => Assert.Equal(["MRG0153@2001,1"], RecipeText.Findings(string.Concat(Enumerable.Repeat("a: 1\n---\n", 1001)) + "a: 1\n"));

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("''")]
    public void NeedNamesForFolders(string name) => Assert.Equal(["MRG0134@5,7"], RecipeText.Findings(RecipeText.Linear + $"name: {name}"));

    [Fact]
    public void WithErrorsGiveAllOfThem() => Assert.Equal(["MRG0101@1,15", "MRG0103@4,13", "MRG0109@5,8"],
        RecipeText.Findings("merge_method: dela\nmodels: [{model: a}]\n---\nbase_model: 3\ndtype: f64\nmerge_method: linear\nmodels: [{model: a}]\n"));
}
