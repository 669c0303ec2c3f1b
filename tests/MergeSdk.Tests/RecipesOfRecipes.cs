namespace MergeSdk.Tests;

/// <summary>A recipe that names the model of another one of the project.</summary>
public sealed class RecipesOfRecipes : IDisposable
{
    readonly MergeProject project = new(recipes: """<MergeRecipe Include="recipes/*.yml" Seed="$(RandomSeed)" />""");

    public RecipesOfRecipes()
    {
        project.AddModel("a", "llama-a").AddModel("b", "llama-b");
        project.AddRecipe("x").AddRecipe("after", first: "x");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreComputedFromTheOthersInputs()
    {
        project.Build().Succeeds().Plans(0, 2).Says("x: merged").Says("after: merged");
        project.Build().Succeeds().Plans(2, 0);
        byte[] weights = File.ReadAllBytes(project.Weights("after"));
        project.AddRecipe("after", first: "bin/x");
        project.Build().Succeeds().Plans(1, 1);
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("after")));
    }

    [Fact]
    public void AreStaleWithTheOther()
    {
        project.Build().Succeeds();
        project.AddRecipe("x", weight: "0.25");
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 2).Says("'recipe of x: models[0].parameters.weight = 0.25'");
        project.AddRecipe("after", first: "x", weight: "0.75");
        project.Build().Succeeds().Plans(1, 1).Says("after: merged");
        File.Delete(project["recipes/x.yml"]);
        project.Build().Fails().Says("recipes/after.yml(3,12): error MRG0201");
    }

    [Fact]
    public void InACircleFail()
    {
        project.AddRecipe("x", first: "after");
        project.Build().Fails().Says("error MRG0140");
    }

    [Fact]
    public void WaitForWhatHasToBeWritten()
    {
        project.AddModel("short", "llama-b-vocab120").AddRecipe("after", first: "x", second: "models/short");
        project.Build().Succeeds().Plans(0, 2).Says("x: merged").Says("after: merged").Says("message MRG0139");
        project.Build().Succeeds().Plans(2, 0);
        project.AddRecipe("after", first: "x", second: "models/short", weight: "0.75");
        project.Build().Succeeds().Plans(1, 1);
        project.ChangeWeight("a");
        project.Build().Succeeds().Says("x: merged").Says("after: merged");
        project.Build().Succeeds().Plans(2, 0);
    }
}
