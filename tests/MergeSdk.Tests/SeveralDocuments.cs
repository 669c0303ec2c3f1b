namespace MergeSdk.Tests;

/// <summary>A recipe file whose second document merges the result of its first.</summary>
public sealed class SeveralDocuments : IDisposable
{
    const string First = "name: half\nmerge_method: linear\nmodels:\n  - {model: models/a, parameters: {weight: 0.5}}\n  - {model: models/b, parameters: {weight: 0.5}}\n";
    const string Second = "---\nmerge_method: linear\nmodels:\n  - {model: half, parameters: {weight: 0.5}}\n  - {model: models/b, parameters: {weight: 0.5}}\n";
    readonly MergeProject project = new();

    public SeveralDocuments()
    {
        project.AddModel("a", "llama-a").AddModel("b", "llama-b");
        project.Write("recipes/x.yml", First + Second);
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreModelsOfTheirOwn()
    {
        project.Build().Succeeds().Plans(0, 2).Says("x.half: merged").Says("x: merged");
        project.Build().Succeeds().Plans(2, 0);
        project.ChangeWeight("a");
        project.Build().Succeeds().Says("x.half: merged").Says("x: merged");
        project.Build().Succeeds().Plans(2, 0);
    }

    [Fact]
    public void ChangeOfTheSecondLeavesTheFirst()
    {
        project.Build().Succeeds();
        project.Write("recipes/x.yml", First + Second.Replace("0.5", "0.25"));
        project.Build().Succeeds().Plans(1, 1).DoesNotSay("x.half: merged");
    }

    [Fact]
    public void RemovedDocumentLosesItsOutput()
    {
        project.Build().Succeeds();
        project.Write("recipes/x.yml", Second.Replace("half", "models/a"));
        project.Build().Succeeds().Plans(0, 1);
        Assert.False(Directory.Exists(project["bin/x.half"]));
    }

    [Fact]
    public void FailureOfTheFirstStopsTheSecond()
    {
        project.Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        project.Write("recipes/x.yml", First.Replace("models/a", "models/none") + Second);
        project.Build().Fails().Says("recipes/x.yml(4,").Says("error MRG0201");
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
        project.Write("recipes/x.yml", First + Second);
        project.Build().Succeeds().Plans(2, 0);
    }
}
