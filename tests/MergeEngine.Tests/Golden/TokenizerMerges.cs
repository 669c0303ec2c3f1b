using System.Text.Json;
using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Golden;

/// <summary>Tokenizers that mergekit 0.1.4 wrote, and the tables that belong to them: the same tokens, and each token's row the same.</summary>
public sealed class TokenizerMerges : IDisposable
{
    /// <summary>The order of the tool's set of models gave the appended tokens other ids.</summary>
    internal static readonly string[] OtherOrder = ["linear-tokenizer-union-three"];

    static readonly string[] Tables = ["model.embed_tokens.weight", "lm_head.weight"];

    readonly string output = Directory.CreateTempSubdirectory("golden-").FullName;

    public static TheoryData<string> Cases => [.. GoldenCase.All().Where(name => File.Exists(new GoldenCase(name).PathOf("expected-vocab.json")))];

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Fact]
    public void AreAllThere() => Assert.Equal(15, Cases.Count);

    [Theory, MemberData(nameof(Cases))]
    public void HaveTheSameTokens(string name)
    {
        (Expected expected, TokenizerFolder ours, _) = Merge(name);
        Assert.Equal(expected.Ids.Keys.Order(StringComparer.Ordinal), ours.Tokens!.Tokens.Select(token => token.Key).Order(StringComparer.Ordinal));
        if (!OtherOrder.Contains(name)) Assert.All(expected.Ids, token => Assert.Equal(token.Value, ours.Tokens.IdOf(token.Key)));
        Assert.Equal(
            expected.Added.OrderBy(token => token.Content, StringComparer.Ordinal),
            ours.Tokens.Added.Values.Select(token => (token.Content, token.Special)).OrderBy(token => token.Content, StringComparer.Ordinal));
        Assert.Equal(expected.Template, ours.Template);
    }

    [Theory, MemberData(nameof(Cases))]
    public void HaveTheSameRowForEachToken(string name)
    {
        (Expected expected, TokenizerFolder ours, _) = Merge(name);
        var theirs = new GoldenCase(name).Read("expected.safetensors");
        var merged = TensorFile.ReadCheckpoint(output);
        foreach (string table in Tables)
        {
            TensorShape shape = merged[table].Info.Shape;
            Assert.Equal(theirs[table].Info.Shape, shape);
            int width = (int)shape[1];
            float[] wanted = MergekitMerges.Decode(theirs[table]), found = MergekitMerges.Decode(merged[table]), placed = [.. found];
            foreach (var (token, id) in expected.Ids) found.AsSpan(ours.Tokens!.IdOf(token) * width, width).CopyTo(placed.AsSpan(id * width));
            MergekitMerges.AssertClose(table, wanted, placed);
        }
        foreach (string tensor in theirs.Keys.Except(Tables)) MergekitMerges.AssertClose(tensor, MergekitMerges.Decode(theirs[tensor]), MergekitMerges.Decode(merged[tensor]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void HaveTheSameConfiguration(string name)
    {
        string file = new GoldenCase(name).PathOf("expected-config.json");
        if (!File.Exists(file)) return;
        (_, _, MergePlan plan) = Merge(name);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), JsonNode.Parse(plan.Texts.Single(text => text.Name == "config.json").Text)));
    }

    [Fact]
    public void AreNotCopiedWhereTheyAreNotWanted()
    {
        MergePlan plan = new GoldenCase("linear-no-copy-tokenizer").Merge(output, new MergeOptions()).Plan;
        Assert.Empty(plan.SideFiles);
        Assert.Equal(["config.json"], plan.Texts.Select(text => text.Name));
    }

    /// <summary>mergekit fails with UnboundLocalError (stance F): the row of the new token is zero.</summary>
    [Fact]
    public void HaveZeroRowsWhereTheRecipeSaysSo()
    {
        MergePlan plan = GoldenCase.Plan("bad-tokenizer-zero");
        MergeExecutor.Run(plan, output, new MergeOptions(), null, CancellationToken.None);
        OutputFiles.Write(plan, output);
        int id = TokenizerFolder.Read(output).Tokens!.IdOf("<new>");
        Assert.Equal(293, id);
        Assert.All(Tables, table => Assert.All(MergekitMerges.Decode(TensorFile.ReadCheckpoint(output)[table])[(id * 32)..], element => Assert.Equal(0, element)));
        Assert.DoesNotContain(plan.Warnings, warning => warning.Code == "MRG0352");
    }

    (Expected, TokenizerFolder, MergePlan) Merge(string name)
    {
        var golden = new GoldenCase(name);
        MergePlan plan = golden.Merge(output, new MergeOptions { Threads = 2 }).Plan;
        OutputFiles.Write(plan, output);
        return (new Expected(golden), TokenizerFolder.Read(output), plan);
    }

    /// <summary>What expected-vocab.json says.</summary>
    sealed class Expected
    {
        public Expected(GoldenCase golden)
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(golden.PathOf("expected-vocab.json")));
            Ids = json.RootElement.GetProperty("ids").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetInt32(), StringComparer.Ordinal);
            Added = [.. json.RootElement.GetProperty("added_tokens").EnumerateArray().Select(token => (token.GetProperty("content").GetString()!, token.GetProperty("special").GetBoolean()))];
            Template = json.RootElement.GetProperty("chat_template").GetString();
        }

        public Dictionary<string, int> Ids { get; }

        public (string Content, bool Special)[] Added { get; }

        public string? Template { get; }
    }
}
