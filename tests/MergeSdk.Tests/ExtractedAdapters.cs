using System.Reflection;

namespace MergeSdk.Tests;

/// <summary>A recipe that needs linear algebra: an adapter of the difference between two models.</summary>
public sealed class ExtractedAdapters : IDisposable
{
    const string Cpu = "-p:MergeTorch=cpu";

    readonly MergeProject project = new();

    public ExtractedAdapters()
    {
        project.AddModel("base", "llama-a").AddModel("tuned", "llama-b");
        Write(rank: 4);
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void WithoutLibTorchFailWhenPlanning() => project.Build().Fails().Says("recipes/x.yml(1,15): error MRG0020").Says("MergeTorch to cpu").DoesNotSay("merged,");

    [Fact]
    public void WithAFolderThatHasNoneFailWhenPlanning() => project.Build("-p:MergeTorchDirectory=nowhere").Fails().Says("error MRG0021").Says(project["nowhere"]);

    [SkippableFact]
    public void AreMergedAndUpToDateLikeModels()
    {
        string folder = typeof(ExtractedAdapters).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "LibTorch").Value!;
        Skip.IfNot(Directory.Exists(folder), $"No LibTorch in '{folder}': dotnet restore tests/MergeTorch.Tests -p:MergeTorch=cpu fetches it.");
        project.Build(Cpu).Succeeds().Plans(0, 1).Says("x: merged");
        Assert.Equal(
            ["README.md", "adapter_config.json", "adapter_model.safetensors", "merge-manifest.json", "mergekit_config.yml"],
            Directory.GetFiles(project["bin/x"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        project.Build(Cpu).Succeeds().Plans(1, 0);
        // Nothing has to be computed, so nothing is needed.
        project.Build().Succeeds().Plans(1, 0);
        project.Build(Cpu, "--no-incremental").Succeeds().Says("x: merged");
        Write(rank: 3);
        project.Build(Cpu, "-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("max_rank");
        Assert.Contains("\"r\": 3", File.ReadAllText(project["bin/x/adapter_config.json"]));
    }

    void Write(int rank) => project.Write("recipes/x.yml", $$"""
        merge_method: extract_lora
        base_model: models/base
        models:
          - model: models/tuned
        parameters: {max_rank: {{rank}}, energy: 0.9999}

        """);
}
