namespace MergeSdk.Tests;

/// <summary>The two ways in which a project gets the SDK.</summary>
public sealed class Delivery : IDisposable
{
    const int Recipes = 300;
    readonly MergeProject project = new();

    public Delivery() => project.AddModel("a", "llama-a").AddModel("b", "llama-b");

    public void Dispose() => project.Dispose();

    [Fact]
    public void ImportsFromACloneBuildToolsAndModels()
    {
        project.Write("P.mergeproj", $"""
            <Project>
              <Import Project="{Repository.Root}/build/MergeSdk.Source.props" />
              <ItemGroup><MergeRecipe Include="recipes/*.yml" /></ItemGroup>
              <Import Project="{Repository.Root}/build/MergeSdk.Source.targets" />
            </Project>
            """);
        for (int i = 0; i < Recipes; i++) project.AddRecipe($"r{i:000}", weight: $"0.{i + 1:000}");
        string[] configuration = ["-c", Repository.Configuration];
        project.Build(configuration).Succeeds().Plans(0, Recipes);
        Assert.Equal(Recipes, Directory.GetDirectories(project["bin"]).Length);
        project.Build(configuration).Succeeds().Plans(Recipes, 0);
    }

    [Fact]
    public void PackageHoldsEverything()
    {
        string version = $"0.0.0-test.{Environment.ProcessId}";
        project.Dotnet("pack", Path.Combine(Repository.Root, "src", "MergeSdk"), "--no-build", "-c", Repository.Configuration,
            $"-p:Version={version}", "-o", project["feed"]).Succeeds();
        project.Write("NuGet.config", """<configuration><packageSources><add key="feed" value="feed" /></packageSources></configuration>""");
        project.Write("P.mergeproj", $"""
            <Project Sdk="MergeSdk/{version}">
              <ItemGroup><MergeRecipe Include="recipes/*.yml" /></ItemGroup>
            </Project>
            """);
        project.AddRecipe("x").Packages = project["packages"];
        project.Build().Succeeds().Plans(0, 1).Says("x: merged");
        project.Build().Succeeds().Plans(1, 0);
        project.Build("-t:WriteMergeSchema").Succeeds();
        Assert.Contains("TIES: ", File.ReadAllText(project["merge-recipe.schema.json"]), StringComparison.Ordinal);
        Assert.True(File.Exists(project[$"packages/mergesdk/{version}/Sdk/Sdk.props"]));
    }
}
