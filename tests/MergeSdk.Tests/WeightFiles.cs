namespace MergeSdk.Tests;

/// <summary>Recipes whose models are weight files instead of folders.</summary>
public sealed class WeightFiles : IDisposable
{
    readonly MergeProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void GiveWeightsManifestAndCardAndAreUpToDateThen()
    {
        project.AddModel("a", "llama-a-pickle").AddModel("b", "llama-b").AddRecipe("x", "models/a/pytorch_model.bin", "models/b/model.safetensors");
        project.Build().Succeeds();
        Assert.Equal(["README.md", "merge-manifest.json", "mergekit_config.yml", "model.safetensors"],
            Directory.GetFiles(project["bin/x"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        project.Build().Succeeds().Says("1 up to date");
        project.ChangeWeight("b");
        project.Build().Succeeds().Says("1 to run");
    }
}
