using System.Text.Json.Nodes;

namespace MergeTorch.Tests.Extraction;

/// <summary>Fine-tuned models whose difference was decomposed in float64 elsewhere.</summary>
public sealed class GoldenModel
{
    /// <summary>README of the specifications: 1e-5 of the largest entry.</summary>
    const float Tolerance = 1e-5f;

    static readonly string[] Modules =
        [.. from layer in new[] { 0, 1 } from part in new[] { "mlp.down_proj", "mlp.gate_proj", "mlp.up_proj", "self_attn.k_proj", "self_attn.o_proj", "self_attn.q_proj", "self_attn.v_proj" } select $"model.layers.{layer}.{part}"];

    [SkippableTheory]
    [InlineData(4, true)]
    [InlineData(4, false)]
    [InlineData(8, true)]
    public void ProductIsThatOfTheDecomposition(int rank, bool distribute)
    {
        var found = new Extracted("extract/finetuned", $"parameters: {{max_rank: {rank}, embed_lora: true, distribute_scale: {(distribute ? "true" : "false")}}}");
        var expected = Tensors.Read(Path.Combine(Extracted.Data, "extract", "expected.safetensors"));
        foreach (string module in Modules.Append("lm_head")) IsClose(expected[$"{module}.weight.rank{rank}"].Values, found.Product(module));
        IsClose(expected[$"model.embed_tokens.weight.rank{rank}"].Values, found.EmbeddingProduct("model.embed_tokens"));
    }

    [SkippableFact]
    public void ScaleOfFactorsIsTheSingularValues()
    {
        var found = new Extracted("extract/finetuned", "parameters: {max_rank: 3, distribute_scale: false}");
        float[] values = Tensors.Read(Path.Combine(Extracted.Data, "extract", "expected.safetensors"))["model.layers.0.mlp.up_proj.weight.singular_values"].Values;
        float[] a = found["model.layers.0.mlp.up_proj.lora_A.weight"].Values;
        for (int k = 0; k < 3; k++) Assert.Equal(values[k], MathF.Sqrt(a[(k * 24)..(k * 24 + 24)].Sum(value => value * value)), values[0] * Tolerance);
    }

    [SkippableTheory]
    [InlineData("extract", "0.9", "rank_for_energy_0_9")]
    [InlineData("extract", "0.99", "rank_for_energy_0_99")]
    [InlineData("extract-full-rank", "0.9", "rank_for_energy_0_9")]
    [InlineData("extract-full-rank", "0.99", "rank_for_energy_0_99")]
    public void EnergyGivesTheRank(string folder, string energy, string key)
    {
        var found = new Extracted($"{folder}/finetuned", $"parameters: {{energy: {energy}}}");
        JsonNode expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Extracted.Data, folder, "case.json")))!["modules"]!;
        Assert.Equal(Modules.Select(module => (int)expected[$"{module}.weight"]![key]!), Modules.Select(found.RankOf));
    }

    [SkippableFact]
    public void FullRankGivesTheModelBack()
    {
        var found = new Extracted("extract-full-rank/finetuned", "parameters: {embed_lora: true}");
        var (before, after) = (Tensors.Read(Path.Combine(Extracted.Data, "base/llama/model.safetensors")), Tensors.Read(Path.Combine(Extracted.Data, "extract-full-rank/finetuned/model.safetensors")));
        foreach (string module in Modules.Append("lm_head")) IsClose(after[$"{module}.weight"].Values, Sum(before[$"{module}.weight"].Values, found.Product(module)));
        IsClose(after["model.embed_tokens.weight"].Values, Sum(before["model.embed_tokens.weight"].Values, found.EmbeddingProduct("model.embed_tokens")));
        foreach (string norm in new[] { "model.norm.weight", "model.layers.1.input_layernorm.weight" }) Assert.Equal(after[norm].Values, found[norm].Values);
    }

    [SkippableFact]
    public void SmallSingularValuesAreDropped()
    {
        float[] values = Tensors.Read(Path.Combine(Extracted.Data, "extract", "expected.safetensors"))["model.layers.0.self_attn.q_proj.weight.singular_values"].Values;
        FormattableString between = $"{(values[4] + values[5]) / 2}";
        var found = new Extracted("extract/finetuned", $"parameters: {{sv_epsilon: {FormattableString.Invariant(between)}}}");
        Assert.Equal(5, found.RankOf("model.layers.0.self_attn.q_proj"));
        Assert.Equal(5, (int)(found.Config["rank_pattern"]!["model.layers.0.self_attn.q_proj"] ?? found.Config["r"]!));
    }

    [SkippableFact]
    public void ThreadsKernelsAndTilesChangeNothing()
    {
        IReadOnlyList<string> Digests(MergeEngine.MergeOptions options) => new Extracted("extract/finetuned", "parameters: {max_rank: 6, energy: 0.95}", options).Digests;
        IReadOnlyList<string> one = Digests(new() { Threads = 1 });
        Assert.Equal(one, Digests(new() { Threads = 4, TileSize = 16 }));
        Assert.Equal(one, Digests(new() { Threads = 2, Kernels = "scalar" }));
    }

    static float[] Sum(float[] first, float[] second) => [.. first.Zip(second, (a, b) => a + b)];

    static void IsClose(float[] expected, float[] found)
    {
        float tolerance = Tolerance * expected.Max(MathF.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
