namespace MergeSdk.Tests;

/// <summary>A recipe file whose second document merges the result of its first, which is computed inside it.</summary>
public sealed class SeveralDocuments : IDisposable
{
    const string First = "name: half\nmerge_method: linear\nmodels:\n  - {model: models/a, parameters: {weight: 0.5}}\n  - {model: models/b, parameters: {weight: 0.5}}\n";
    const string Second = "---\nmerge_method: linear\nmodels:\n  - {model: half, parameters: {weight: 0.5}}\n  - {model: models/b, parameters: {weight: 0.5}}\n";
    readonly MergeProject project = new(recipes: """<MergeRecipe Include="recipes/*.yml" WriteIntermediates="$(Intermediates)" />""");

    public SeveralDocuments()
    {
        project.AddModel("a", "llama-a").AddModel("b", "llama-b");
        project.Write("recipes/x.yml", First + Second);
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreOneModelAndNothingElse()
    {
        project.Build().Succeeds().Plans(0, 1).Says("x: merged");
        Assert.False(Directory.Exists(project["bin/x.half"]));
        Assert.Contains("name: half", File.ReadAllText(project["bin/x/mergekit_config.yml"]));
        Assert.Contains("\"model\": \"models/a\"", File.ReadAllText(project["bin/x/merge-manifest.json"]));
        project.Build().Succeeds().Plans(1, 0);
        project.ChangeWeight("a");
        project.Build().Succeeds().Plans(0, 1);
        project.Write("recipes/x.yml", (First + Second).Replace("models/a, parameters: {weight: 0.5}", "models/a, parameters: {weight: 0.25}"));
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("'recipe of half: models[0].parameters.weight = 0.25'");
    }

    [Fact]
    public void AreWrittenWhenAsked()
    {
        project.Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        project.Build("-p:Intermediates=true").Succeeds().Plans(1, 1).Says("x.half: merged");
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
        project.Build().Succeeds().Plans(1, 0);
        Assert.False(Directory.Exists(project["bin/x.half"]));
    }

    [Fact]
    public void AreWrittenWhereTheyCannotBeComputedInside()
    {
        project.AddModel("short", "llama-b-vocab120");
        project.Write("recipes/x.yml", First + Second.Replace("models/b", "models/short"));
        project.Build().Succeeds().Plans(0, 2).Says("x.half: merged").Says("x: merged").Says("message MRG0139");
        project.Build().Succeeds().Plans(2, 0);
        project.Write("recipes/x.yml", First + "# more\n" + Second.Replace("models/b", "models/short"));
        project.Build().Succeeds().Plans(2, 0);
        project.ChangeWeight("a");
        project.Build().Succeeds().Says("x.half: merged").Says("x: merged");
        project.Build().Succeeds().Plans(2, 0);
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
        project.Build().Succeeds().Plans(1, 0);
    }
}
