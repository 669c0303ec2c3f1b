using MergeEngine.Adapters;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;
using MergeEngine.Tests.Checkpoints;
using MergeEngine.Tests.Golden;
using MergeEngine.Tests.Planning;

namespace MergeEngine.Tests.Adapters;

/// <summary>A model whose adapter changes its tables, merged under a vocabulary that other models enlarge: the rows are those of the adapted model written first.</summary>
public sealed class UnitedVocabulary : IDisposable
{
    const int Tokens = 293, Width = 32, Rank = 3;

    readonly TemporaryFolder folder = new();

    public UnitedVocabulary()
    {
        folder.With(AdapterConfig.FileName, """{"peft_type": "LORA", "r": 3, "lora_alpha": 4, "use_rslora": true}"""u8.ToArray());
        folder.With("adapter_model.safetensors", FloatFile.Of(
            ("base_model.model.model.embed_tokens.lora_embedding_A", [Rank, Tokens], Draw(Rank * Tokens, 1)),
            ("base_model.model.model.embed_tokens.lora_embedding_B", [Width, Rank], Draw(Width * Rank, 2)),
            ("base_model.model.lm_head.lora_A.weight", [Rank, Width], Draw(Rank * Width, 3)),
            ("base_model.model.lm_head.lora_B.weight", [Tokens, Rank], Draw(Tokens * Rank, 4))));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{source: union}", Tokens + 1)]
    [InlineData("{source: base, tokens: {\"<new>\": {source: {kind: model_token, model: ADAPTED, token: \"<tool>\"}}}}", 289)]
    [InlineData("{source: union, pad_to_multiple_of: 64}", 320)]
    public void HasTheRowsOfTheAdaptedModelWrittenFirst(string tokenizer, long rows)
    {
        string adapted = $"{{model: models/tok-plus, lora: {{path: \"{folder.FullPath}\"}}}}";
        Merge($"merge_method: passthrough\nmodels: [{{model: {adapted}}}]", folder["adapted"]);
        Merge(Recipe(adapted, tokenizer), folder["inside"]);
        Merge(Recipe($"\"{folder["adapted"]}\"", tokenizer), folder["after"]);
        var expected = TensorFile.ReadCheckpoint(folder["after"]);
        var merged = TensorFile.ReadCheckpoint(folder["inside"]);
        Assert.Equal(rows, merged["lm_head.weight"].Info.Shape[0]);
        Assert.NotEqual(TensorFile.ReadCheckpoint(Path.Combine(TestData.Folder, "models", "tok-plus"))["lm_head.weight"].Bytes, TensorFile.ReadCheckpoint(folder["adapted"])["lm_head.weight"].Bytes);
        Assert.All(expected, tensor => Assert.Equal(tensor.Value.Bytes, merged[tensor.Key].Bytes));
    }

    static string Recipe(string adapted, string tokenizer) => $"""
        merge_method: linear
        base_model: models/tok-base
        models:
          - model: models/tok-base
          - model: {adapted}
          - model: models/tok-plus2
        parameters: {"{weight: 0.5}"}
        tokenizer: {tokenizer.Replace("ADAPTED", adapted, StringComparison.Ordinal)}
        """;

    static void Merge(string recipe, string output)
    {
        MergePlan plan = Plans.Of(recipe);
        Directory.CreateDirectory(output);
        MergeExecutor.Run(plan, output, new MergeOptions { Threads = 2 }, null, CancellationToken.None);
        OutputFiles.Write(plan, output);
    }

    static float[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
