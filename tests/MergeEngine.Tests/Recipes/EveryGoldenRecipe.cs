using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

public class EveryGoldenRecipe
{
    /// <summary>Refused on purpose: layer ranges that hold nothing.</summary>
    static readonly string[] NotYetOrNever = ["MRG0126"];

    public static TheoryData<string> Runnable => [.. RecipeText.GoldenRecipes.Keys.Where(name => !name.StartsWith("bad-", StringComparison.Ordinal))];

    [Fact]
    public void IsThere() => Assert.Equal(204, RecipeText.GoldenRecipes.Count);

    [Theory]
    [MemberData(nameof(Runnable))]
    public void OfAWorkingCaseIsReadOrRefusedForOneReason(string name)
    {
        try
        {
            Assert.All(RecipeFile.Read(RecipeText.GoldenRecipes[name], MethodRegistry.All), recipe => Assert.Empty(recipe.Warnings));
        }
        catch (MergeException e)
        {
            Assert.All(e.Diagnostics, finding => Assert.Contains(finding.Code, NotYetOrNever));
        }
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void ReadsBackFromItsCanonicalYaml(string name)
    {
        foreach (Recipe recipe in ReadOrNothing(RecipeText.GoldenRecipes[name]))
        {
            MergeRecipe again = RecipeText.Read(recipe.CanonicalYaml);
            Assert.Equal(recipe.CanonicalLines.Select(line => line.Text), again.CanonicalLines.Select(line => line.Text));
            Assert.Equal(recipe.CanonicalYaml, again.CanonicalYaml);
        }
    }

    static IReadOnlyList<Recipe> ReadOrNothing(string path)
    {
        try
        {
            return RecipeFile.Read(path, MethodRegistry.All);
        }
        catch (MergeException)
        {
            return [];
        }
    }
}
