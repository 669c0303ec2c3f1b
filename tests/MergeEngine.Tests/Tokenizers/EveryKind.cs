using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Tokenizers;

/// <summary>Byte-level BPE, BPE with ▁, Unigram and WordPiece: read, joined, cut and written.</summary>
public class EveryKind
{
    public static TheoryData<string> Kinds => [.. TokenizerFolders.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void IsReadAsAnotherReaderReadsIt(string kind)
    {
        TokenizerFile file = TokenizerFolders.Read(kind);
        var ids = TokenizerFolders.Ids(File.ReadAllText(file.Path));
        Assert.Equal(ids.OrderBy(token => token.Key, StringComparer.Ordinal), file.Tokens.Tokens.OrderBy(token => token.Key, StringComparer.Ordinal));
        AddedToken mask = file.Tokens.Added.Values.Single(token => token.LeftStrip);
        Assert.Equal((true, false, false, false), (mask.Special, mask.RightStrip, mask.SingleWord, mask.Normalized));
        Assert.Single(file.Tokens.Added.Values, token => token.SingleWord);
    }

    [Theory]
    [InlineData("bbpe-gpt2", "BPE", TokenSpelling.Bytes)]
    [InlineData("bbpe-llama3", "BPE", TokenSpelling.Bytes)]
    [InlineData("bpe-metaspace", "BPE", TokenSpelling.Underlines)]
    [InlineData("unigram-nfkc", "Unigram", TokenSpelling.Underlines)]
    [InlineData("wordpiece-bert", "WordPiece", TokenSpelling.Continuations)]
    public void HasItsSpelling(string kind, string model, TokenSpelling spelling) =>
        Assert.Equal((model, spelling), (TokenizerFolders.Read(kind).ModelType, TokenizerFolders.Read(kind).Spelling));

    [Theory, MemberData(nameof(Kinds))]
    public void IsWrittenByteForByteWhereNothingChanges(string kind)
    {
        TokenizerFile file = TokenizerFolders.Read(kind);
        Assert.Equal(File.ReadAllText(file.Path), TokenizerWriter.Text(file, new OutputVocabulary(file.Tokens)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void TakesTheTokensOfAnyOther(string kind)
    {
        TokenizerFile file = TokenizerFolders.Read(kind);
        foreach (string other in TokenizerFolders.Kinds)
        {
            var (output, text) = Union(file, TokenizerFolders.Read(other));
            Assert.Equal(output.Tokens, TokenizerFile.Parse(Encoding.UTF8.GetBytes(text), "out").Tokens.Tokens);
            Assert.Equal(output.Tokens.OrderBy(token => token.Key, StringComparer.Ordinal), TokenizerFolders.Ids(text).OrderBy(token => token.Key, StringComparer.Ordinal));
            Assert.Equal(Enumerable.Range(0, output.Count), output.Tokens.Select(token => token.Value));
            Assert.All(file.Tokens.Tokens, token => Assert.Equal(token.Value, output.IdOf(token.Key)));
            Assert.All(TokenizerFolders.Read(other).Tokens.Tokens, token => Assert.True(output.IdOf(token.Key) >= 0));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void IsCutToItsRows(string kind)
    {
        TokenizerFile file = TokenizerFolders.Read(kind);
        int limit = file.Tokens.Count - 20;
        var output = new OutputVocabulary(file.Tokens, limit);
        string text = TokenizerWriter.Text(file, output);
        Assert.Equal(file.Tokens.Tokens.Where(token => token.Value < limit), TokenizerFile.Parse(Encoding.UTF8.GetBytes(text), "out").Tokens.Tokens);
        Assert.Equal(20, output.Stripped.Count);
        // A merge that gives a token that is gone would make the file unreadable.
        JsonObject model = JsonNode.Parse(text)!["model"]!.AsObject();
        if (model["merges"] is not JsonArray merges) return;
        Assert.NotEmpty(merges);
        Assert.All(merges, merge => Assert.True(output.IdOf(string.Concat(merge!.AsArray().Select(part => (string)part!))) >= 0));
    }

    [Fact]
    public void KeepsTheSettingsOfTheFirstModelThatAddsAToken()
    {
        List<string> conflicts = [];
        TokenizerFile first = TokenizerFolders.Read("bbpe-gpt2"), second = TokenizerFolders.Read("bpe-metaspace");
        var output = new OutputVocabulary(first.Tokens);
        VocabularyUnion.Append(output, [Model("a", first), Model("b", second)], (_, token) => conflicts.Add(token.Content));
        Assert.All(first.Tokens.Added.Values, token => Assert.Equal(token, output.FindAdded(token.Content)));
        Assert.All(conflicts, token => Assert.False(first.Tokens.Added[token].HasSettingsOf(second.Tokens.Added[token])));
    }

    static (OutputVocabulary, string) Union(TokenizerFile first, TokenizerFile second)
    {
        var output = new OutputVocabulary(first.Tokens);
        VocabularyUnion.Append(output, [Model("a", first), Model("b", second)], (_, _) => { });
        return (output, TokenizerWriter.Text(first, output));
    }

    static ModelVocabulary Model(string name, TokenizerFile file) => new(new(new ModelReference(name), new SourcePosition("r.yml")), file.Tokens, int.MaxValue);
}
