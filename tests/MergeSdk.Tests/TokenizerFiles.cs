using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MergeWorker;

namespace MergeSdk.Tests;

/// <summary>The worker's tokenizers against ids that Python's tokenizers 0.23.3 gave.</summary>
public sealed class TokenizerFiles : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("tokenizer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableTheory]
    [InlineData("bbpe-llama3")]
    [InlineData("unigram-nfkc")]
    public void EncodeWithoutSpecialTokens(string kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "the tokenizer library is there for Linux x64");
        string data = Path.Combine(Repository.Root, "tests", "data", "tokenizers", kind);
        using TokenizerFile tokenizer = TokenizerFile.Open(data);
        JsonNode[] cases = [.. File.ReadLines(Path.Combine(data, "cases.jsonl")).Select(line => JsonNode.Parse(line)!).Where(item => !(bool)item["add_special"]!)];
        Assert.True(cases.Length > 50);
        foreach (JsonNode item in cases)
            Assert.Equal([.. item["ids"]!.AsArray().Select(id => (long)id!)], tokenizer.Encode((string)item["text"]!));
    }

    [SkippableTheory]
    [InlineData("\"<s>\"", "<s>")]
    [InlineData("{\"content\": \"<s>\", \"lstrip\": false}", "<s>")]
    [InlineData("null", null)]
    public void NameTheTokenThatBeginsATextInEitherForm(string json, string? expected)
    {
        Write("tokenizer.json", Tiny);
        Write("tokenizer_config.json", $$"""{"bos_token": {{json}}}""");
        Assert.Equal(expected, Try(folder).BeginOfText);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("""{"version": "1.0", "model": {"type": "BPE", "vocab": {"a": -1}, "merges": [["a", "b"]]}}""")]
    [InlineData("""{"padding": 1, "padding": 2}""")]
    [InlineData("""{"version": "\ud800", "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}""")]
    public void ThatAreMalformedGiveAReason(string text)
    {
        Write("tokenizer.json", text);
        Assert.NotEmpty(Assert.Throws<InvalidDataException>(() => TokenizerFile.Open(folder)).Message);
    }

    [Fact]
    public void ThatAreMissingGiveAReason() => Assert.Contains("no tokenizer.json", Assert.Throws<InvalidDataException>(() => TokenizerFile.Open(folder)).Message);

    const string Tiny = """{"version": "1.0", "added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}}""";

    static TokenizerFile Try(string folder)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "the tokenizer library is there for Linux x64");
        return TokenizerFile.Open(folder);
    }

    void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
