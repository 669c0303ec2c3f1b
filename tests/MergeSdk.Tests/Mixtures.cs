using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace MergeSdk.Tests;

/// <summary>A recipe of mergekit-moe whose gates are made of prompts.</summary>
public sealed class Mixtures : IDisposable
{
    const string Recipe = """
        base_model: models/base
        gate_mode: cheap_embed
        experts:
          - source_model: models/a
            positive_prompts: [the night]
          - source_model: models/b
            positive_prompts: [cat]
            negative_prompts: [four dogs]

        """;

    readonly MergeProject project = new();

    public Mixtures()
    {
        project.AddModel("base", "tok-base").AddModel("a", "tok-a").AddModel("b", "tok-b");
        project.Write("recipes/moe.yml", Recipe);
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void AreBuiltLikeOtherModels()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "the tokenizer library is there for Linux x64");
        project.Build().Succeeds().Plans(0, 1).Says("moe: merged").DoesNotSay("warning");
        project.Build().Succeeds().Plans(1, 0);
        Assert.Equal("MixtralForCausalLM", (string?)Json("config.json")["architectures"]![0]);
        Assert.Equal("moe", (string?)Json("merge-manifest.json")["method"]);
        Assert.Contains("positive_prompts", File.ReadAllText(project["bin/moe/mergekit_moe_config.yml"]));
        Assert.Equal(File.ReadAllBytes(project["models/base/tokenizer.json"]), File.ReadAllBytes(project["bin/moe/tokenizer.json"]));
        ChecksGates();
        project.Write("recipes/moe.yml", Recipe.Replace("cat", "dogs"));
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("recipes/moe.yml(7,").Says("positive_prompts");
    }

    [Fact]
    public void NameWhatIsWrongInTheRecipe()
    {
        project.Write("recipes/moe.yml", Recipe.Replace("cheap_embed", "hidden").Replace("models/b", "models/none"));
        project.Build().Fails().Says("recipes/moe.yml(2,12): error MRG0144").Says("recipes/moe.yml(6,19): error MRG0201");
    }

    /// <summary>Ids by the tokenizers library, "&lt;s&gt;" before each text: 1 261 274 286 87, 1 70 68 87 and 1 73 284 277 82 74 86.</summary>
    void ChecksGates()
    {
        float[] embeddings = Tensor("models/base", "model.embed_tokens.weight"), gates = Tensor("bin/moe", "model.layers.1.block_sparse_moe.gate.weight");
        double[] first = Sum(embeddings, 1, 261, 274, 286, 87), second = [.. Sum(embeddings, 1, 70, 68, 87).Zip(Sum(embeddings, 1, 73, 284, 277, 82, 74, 86), (plus, minus) => plus - minus)];
        double[] expected = [.. first, .. Unit(second)];
        Assert.Equal(expected.Length, gates.Length);
        for (int i = 0; i < gates.Length; i++) Assert.Equal(expected[i], gates[i], 1e-6);
    }

    static double[] Sum(float[] embeddings, params int[] tokens) =>
        Unit([.. Enumerable.Range(0, 32).Select(column => tokens.Sum(token => (double)embeddings[token * 32 + column]))]);

    static double[] Unit(double[] row) => [.. row.Select(value => value / Math.Sqrt(row.Sum(other => other * other)))];

    /// <summary>A float32 tensor of a model that is one file.</summary>
    float[] Tensor(string folder, string name)
    {
        byte[] file = File.ReadAllBytes(project[$"{folder}/model.safetensors"]);
        int header = (int)BitConverter.ToUInt64(file);
        JsonArray place = JsonNode.Parse(file.AsSpan(8, header))![name]!["data_offsets"]!.AsArray();
        return MemoryMarshal.Cast<byte, float>(file.AsSpan((8 + header + (int)place[0]!)..(8 + header + (int)place[1]!))).ToArray();
    }

    JsonNode Json(string name) => JsonNode.Parse(File.ReadAllText(project[$"bin/moe/{name}"]))!;
}
