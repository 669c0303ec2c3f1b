namespace MergeSdk.Tests;

/// <summary>Metadata of recipes, and files beside the weights.</summary>
public sealed class Settings : IDisposable
{
    readonly MergeProject project = new(recipes: """<MergeRecipe Include="recipes/*.yml" ShardSize="$(Shards)" Seed="$(RandomSeed)" />""");

    public Settings() => project.AddModel("a", "llama-a").AddModel("b", "llama-b").AddRecipe("x");

    public void Dispose() => project.Dispose();

    [Fact]
    public void ShardSizeSplitsTheOutput()
    {
        project.Build("-p:Shards=32 KiB").Succeeds();
        Assert.False(File.Exists(project.Weights("x")));
        Assert.True(File.Exists(project["bin/x/model.safetensors.index.json"]));
        Assert.True(Directory.GetFiles(project["bin/x"], "model-0000*.safetensors").Length > 2);
        project.Build().Succeeds().Plans(0, 1);
        Assert.True(File.Exists(project.Weights("x")));
        Assert.False(File.Exists(project["bin/x/model.safetensors.index.json"]));
        project.Build("-p:Shards=5B").Succeeds();
        Assert.True(File.Exists(project.Weights("x")));
        project.Build("-p:Shards=large").Fails().Says("error MRG0004: ShardSize of x is 'large'");
    }

    [Fact]
    public void SeedIsPartOfTheResult()
    {
        project.Build().Succeeds();
        project.Build("-p:RandomSeed=7", "-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("'seed 7', was 'seed 0'");
        Assert.Contains("\"seed\": 7", File.ReadAllText(project["bin/x/merge-manifest.json"]));
    }

    [Fact]
    public void NewSideFileOfTheDonorIsNoticed()
    {
        project.Build().Succeeds();
        project.Write("models/a/tokenizer.json", "{}");
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("'file tokenizer.json");
        Assert.True(File.Exists(project["bin/x/tokenizer.json"]));
        project.Write("models/a/notes.txt", "not copied");
        project.Build().Succeeds().Plans(1, 0);
    }

    [Fact]
    public void ShardedInputOfEqualTensorsRunsNothing()
    {
        project.Build().Succeeds();
        File.Delete(project["models/a/model.safetensors"]);
        project.AddModel("a", "llama-a-sharded");
        project.Build().Succeeds().Plans(1, 0);
    }
}
