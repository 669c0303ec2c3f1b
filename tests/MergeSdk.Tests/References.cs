namespace MergeSdk.Tests;

/// <summary>A project that merges models of another one.</summary>
public sealed class References : IDisposable
{
    readonly MergeProject project = MergeProject.WithOneRecipe();

    public References()
    {
        project.Write("down/Down.mergeproj", File.ReadAllText(project["P.mergeproj"])
            .Replace("<ItemGroup>", """<ItemGroup><ProjectReference Include="../P.mergeproj" />"""));
        project.AddRecipe("../down/recipes/z", first: "x", second: "../models/b");
    }

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData]
    [InlineData("-m:2")]
    [InlineData("-graph", "-m:2")]
    public void UpstreamModelIsMergedFirstAndNamed(params string[] arguments)
    {
        project.Dotnet(["build", "down", .. arguments]).Succeeds().Says("x: merged").Says("z: merged");
        Assert.True(File.Exists(project["down/bin/z/model.safetensors"]));
        project.Dotnet(["build", "down", "--no-restore", .. arguments]).Succeeds().Says("P -> merge plan: 1 up to date").Says("Down -> merge plan: 1 up to date");
    }

    [Fact]
    public void ChangeRunsThroughAndTouchDoesNot()
    {
        project.Dotnet("build", "down").Succeeds();
        project.ChangeWeight("a");
        project.Dotnet("build", "down", "--no-restore").Succeeds().Says("x: merged").Says("z: merged");
        File.SetLastWriteTimeUtc(project["models/a/model.safetensors"], DateTime.UtcNow);
        project.Dotnet("build", "down", "--no-restore").Succeeds().DoesNotSay("merged,");
    }

    [Theory]
    [InlineData("sln")]
    [InlineData("slnx")]
    public void SolutionBuildsAndRebuilds(string format)
    {
        project.Dotnet("new", "sln", "--format", format, "-n", "All").Succeeds();
        project.Dotnet("sln", $"All.{format}", "add", "P.mergeproj", "down/Down.mergeproj").Succeeds();
        project.Dotnet("build", $"All.{format}", "-m:2").Succeeds().Says("x: merged").Says("z: merged");
        project.Dotnet("build", $"All.{format}", "-m:2", "--no-incremental").Succeeds().Says("x: merged").Says("z: merged");
        Assert.True(File.Exists(project.Weights("x")));
        Assert.True(File.Exists(project["down/bin/z/model.safetensors"]));
    }
}
