using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Tokenizers;

/// <summary>Short ways to the tokenizers of tests/data.</summary>
static class TokenizerFolders
{
    public static readonly string[] Kinds = ["bbpe-gpt2", "bbpe-llama3", "bpe-metaspace", "unigram-nfkc", "wordpiece-bert"];

    public static string PathOf(string kind) => Path.Combine(TestData.Folder, "tokenizers", kind, "tokenizer.json");

    public static TokenizerFile Read(string kind) => TokenizerFile.Read(PathOf(kind));

    public static byte[] Bytes(string kind) => File.ReadAllBytes(PathOf(kind));

    /// <summary>All ids that the file gives, by another reader.</summary>
    public static Dictionary<string, int> Ids(string text)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        var ids = root["model"]!["vocab"] is System.Text.Json.Nodes.JsonArray pieces
            ? pieces.Index().ToDictionary(piece => (string)piece.Item![0]!, piece => piece.Index)
            : root["model"]!["vocab"]!.AsObject().ToDictionary(token => token.Key, token => (int)token.Value!);
        foreach (var token in root["added_tokens"]!.AsArray()) ids.TryAdd((string)token!["content"]!, (int)token["id"]!);
        return ids;
    }
}
