namespace MergeSdk.Tests;

public sealed class Rebuilding : IDisposable
{
    readonly MergeProject project = MergeProject.WithOneRecipe();

    public void Dispose() => project.Dispose();

    [Fact]
    public void ComputesAgainAndComparesWithTheRecord()
    {
        project.Build().Succeeds();
        DateTime before = File.GetLastWriteTimeUtc(project.Weights("x"));
        project.Build("--no-incremental").Succeeds().Plans(0, 1).Says("x: merged");
        Assert.NotEqual(before, File.GetLastWriteTimeUtc(project.Weights("x")));
        project.Build().Succeeds().Plans(1, 0);
    }

    [Fact]
    public void AnotherDigestThanTheRecordedOneIsMRG0302()
    {
        project.Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        string record = Assert.Single(Directory.GetFiles(Path.Combine(project.Cache, "actions"), "*", SearchOption.AllDirectories));
        File.WriteAllText(record, File.ReadAllText(record).Replace(File.ReadLines(record).Last(), new string('0', 64)));
        project.Build("--no-incremental").Fails().Says("recipes/x.yml(1,1): error MRG0302").Says(record);
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
        project.Build().Succeeds().Plans(1, 0);
        File.Delete(record);
        project.Build("--no-incremental").Succeeds();
    }

    [Fact]
    public void FromCacheRunsNothing()
    {
        project.Build().Succeeds();
        project.Build("--no-incremental", "-p:MergeRebuild=cache").Succeeds().Plans(1, 0);
        Assert.True(File.Exists(project.Weights("x")));
    }

    [Fact]
    public void ForceRunsEverything()
    {
        project.Build().Succeeds();
        project.Build("-p:MergeForce=true").Succeeds().Plans(0, 1);
    }
}
