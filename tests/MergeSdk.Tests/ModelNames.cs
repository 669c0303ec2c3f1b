namespace MergeSdk.Tests;

public sealed class ModelNames : IDisposable
{
    readonly MergeProject project = new(recipes: """<MergeRecipe Include="recipes/**/*.yml" ModelName="$(Name)" />""");

    public ModelNames() => project.AddModel("a", "llama-a").AddModel("b", "llama-b").AddRecipe("x");

    public void Dispose() => project.Dispose();

    [Fact]
    public void TwoRecipesOfOneNameFail()
    {
        project.AddRecipe("more/X");
        project.Build().Fails().Says("recipes/x.yml(1,1): error MRG0801").Says("recipes/more/X.yml(1,1): error MRG0801");
        Assert.False(Directory.Exists(project["bin/x"]));
    }

    [Fact]
    public void MetadataNamesTheModel()
    {
        project.Build("-p:Name=named").Succeeds();
        Assert.True(File.Exists(project.Weights("named")));
    }

    [Fact]
    public void NameOfAnotherFolderIsRefused()
    {
        project.Build("-p:Name=../outside").Fails().Says("error MRG0803");
        Assert.False(Directory.Exists(project["outside"]));
    }
}
