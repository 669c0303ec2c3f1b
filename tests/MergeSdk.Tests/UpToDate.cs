namespace MergeSdk.Tests;

/// <summary>What a build after a build does.</summary>
public sealed class UpToDate : IDisposable
{
    readonly MergeProject project = MergeProject.WithOneRecipe();

    public UpToDate() => project.AddRecipe("y", second: "models/a");

    public void Dispose() => project.Dispose();

    [Fact]
    public void FirstBuildMergesAndTheNextThreeDoNothing()
    {
        project.Build().Succeeds().Plans(0, 2).Says("x: merged").Says("y: merged");
        string[] files = Outputs();
        Assert.Contains(project.Weights("x"), files);
        Assert.Contains(project["bin/x/config.json"], files);
        for (int build = 0; build < 3; build++)
        {
            DateTime before = File.GetLastWriteTimeUtc(project.Weights("x"));
            project.Build().Succeeds().Plans(2, 0).DoesNotSay("merged");
            Assert.Equal(files, Outputs());
            Assert.Equal(before, File.GetLastWriteTimeUtc(project.Weights("x")));
        }
    }

    [Fact]
    public void TouchedRecipeAndCommentRunNothing()
    {
        project.Build().Succeeds();
        File.SetLastWriteTimeUtc(project["recipes/x.yml"], DateTime.UtcNow);
        project.Build().Succeeds().Plans(2, 0);
        File.WriteAllText(project["recipes/x.yml"], "# why\n" + File.ReadAllText(project["recipes/x.yml"]));
        project.Build().Succeeds().Plans(2, 0);
    }

    [Fact]
    public void ChangedWeightRunsTheModelsThatUseItAndNamesTheLine()
    {
        project.Build().Succeeds();
        project.ChangeWeight("b");
        project.Build("-p:MergeExplain=true").Succeeds().Plans(1, 1).Says("x: merged").DoesNotSay("y: merged")
            .Says($"{project["recipes/x.yml"]}(6,").Says(": message MRG0010: x has to run because ");
        project.Build().Succeeds().Plans(2, 0);
    }

    [Fact]
    public void ChangedParameterRunsItsModelAndNamesTheLine()
    {
        project.Build().Succeeds();
        project.AddRecipe("x", weight: "0.25");
        project.Build("-p:MergeExplain=true").Succeeds().Plans(1, 1).Says($"{project["recipes/x.yml"]}(5,");
    }

    [SkippableFact]
    public void ChangedBytesOfEqualSizeAndTimeAreNoticed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "elsewhere a restored time hides a change");
        project.Build().Succeeds();
        DateTime time = File.GetLastWriteTimeUtc(project["models/b/model.safetensors"]);
        project.ChangeWeight("b");
        File.SetLastWriteTimeUtc(project["models/b/model.safetensors"], time);
        project.Build().Succeeds().Plans(1, 1);
    }

    [Fact]
    public void MissingOutputIsMadeAgain()
    {
        project.Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        File.Delete(project.Weights("x"));
        project.Build("-p:MergeExplain=true").Succeeds().Plans(1, 1).Says("its output is missing or was changed");
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
    }

    [Fact]
    public void OptionsThatChangeNoByteRunNothing()
    {
        project.Build().Succeeds();
        project.Build("-p:MergeThreads=1", "-p:MergeTileSize=64", "-p:MergeKernels=scalar", "-p:Configuration=Release").Succeeds().Plans(2, 0);
    }

    [Fact]
    public void RemovedRecipeLosesItsOutput()
    {
        project.Build().Succeeds();
        File.Delete(project["recipes/y.yml"]);
        project.Build().Succeeds().Plans(1, 0);
        Assert.False(Directory.Exists(project["bin/y"]));
        Assert.True(File.Exists(project.Weights("x")));
    }

    string[] Outputs() => [.. Directory.GetFiles(project["bin"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
