using System.Text.Json.Nodes;

namespace MergeSdk.Tests;

/// <summary>A recipe that names a model with an adapter.</summary>
public sealed class AdaptedModels : IDisposable
{
    readonly MergeProject project = new();

    public AdaptedModels()
    {
        project.AddModel("base", "llama-base").AddModel("tuned", "lora-a");
        project.Write("recipes/x.yml", "merge_method: passthrough\nmodels: [{model: models/base+models/tuned}]\n");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreMergedAndDependOnTheAdaptersBytes()
    {
        project.Build().Succeeds().Plans(0, 1).Says("x: merged");
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        Assert.NotEqual(File.ReadAllBytes(project["models/base/model.safetensors"]), weights);
        JsonNode adapter = JsonNode.Parse(File.ReadAllText(project["bin/x/merge-manifest.json"]))!["inputs"]![0]!["adapters"]!.AsArray().Single()!;
        Assert.Equal("models/tuned", (string?)adapter["model"]);
        project.Build().Succeeds().Plans(1, 0);

        project.ChangeWeight("tuned", "adapter_model.safetensors");
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("x has to run because ");
        Assert.NotEqual(weights, File.ReadAllBytes(project.Weights("x")));
        Assert.DoesNotContain((string)adapter["digest"]!, File.ReadAllText(project["bin/x/merge-manifest.json"]));
    }
}
