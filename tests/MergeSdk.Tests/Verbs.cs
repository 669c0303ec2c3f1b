using System.Text.Json;

namespace MergeSdk.Tests;

/// <summary>The other things that one does with a project.</summary>
public sealed class Verbs : IDisposable
{
    readonly MergeProject project = MergeProject.WithOneRecipe();

    public void Dispose() => project.Dispose();

    [Fact]
    public void CleanRemovesModelsAndKeepsDigests()
    {
        project.Build().Succeeds();
        string[] digests = Directory.GetFiles(Path.Combine(project.Cache, "digests"));
        Assert.NotEmpty(digests);
        project.Dotnet("clean").Succeeds();
        Assert.False(Directory.Exists(project["bin/x"]));
        Assert.Empty(Directory.GetFiles(project["obj/merge/state"], "*.state"));
        Assert.Equal(digests, Directory.GetFiles(Path.Combine(project.Cache, "digests")));
        project.Build().Succeeds().Plans(0, 1);
    }

    [Fact]
    public void PublishCopiesWholeFolders()
    {
        project.Dotnet("publish", "-o", project["out"]).Succeeds();
        Assert.Equal(Names(project["bin/x"]), Names(project["out/x"]));
        Assert.Contains("model.safetensors", Names(project["out/x"]));
    }

    [Fact]
    public void PackPutsModelsIntoThePackage()
    {
        project.Dotnet("pack", "-p:IsPackable=true", "-o", project["out"]).Succeeds();
        using var package = System.IO.Compression.ZipFile.OpenRead(Assert.Single(Directory.GetFiles(project["out"], "*.nupkg")));
        Assert.NotNull(package.GetEntry("models/x/model.safetensors"));
    }

    [Fact]
    public void GetMergedModelsGivesPathAndDigests()
    {
        project.Build().Succeeds();
        BuildResult result = project.Dotnet("msbuild", "-t:GetMergedModels", "-getTargetResult:GetMergedModels").Succeeds();
        JsonElement model = JsonDocument.Parse(result.Output).RootElement.GetProperty("TargetResults").GetProperty("GetMergedModels").GetProperty("Items")[0];
        Assert.Equal(project["bin/x"], model.GetProperty("FullPath").GetString());
        Assert.Equal("x", model.GetProperty("ModelName").GetString());
        Assert.Equal(64, model.GetProperty("Digest").GetString()!.Length);
        Assert.Equal(64, model.GetProperty("ActionKey").GetString()!.Length);
        Assert.Equal(project["P.mergeproj"], model.GetProperty("SourceProject").GetString());
    }

    [Theory]
    [InlineData("Compile")]
    [InlineData("CompileDesignTime")]
    [InlineData("Build")]
    public void DesignTimeBuildStartsNothing(string target)
    {
        project.Dotnet("restore").Succeeds();
        project.Dotnet("msbuild", $"-t:{target}", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true").Succeeds().DoesNotSay("merge plan");
        Assert.False(Directory.Exists(project["bin/x"]));
    }

    static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order();
}
