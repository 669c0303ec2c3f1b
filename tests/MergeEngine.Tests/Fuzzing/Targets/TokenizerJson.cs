using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class TokenizerJson : FuzzTarget
{
    const int MostBytes = 60_000;

    public override IEnumerable<byte[]> Seeds => DataFiles("", TokenizerFile.FileName).Select(File.ReadAllBytes).Where(bytes => bytes.Length < MostBytes);

    public override IReadOnlyList<string> Tokens =>
        [.. base.Tokens, "\"vocab\":", "\"merges\":", "\"model\":", "\"added_tokens\":", "\"id\":", "\"content\":", "\"unk_token\":", "\"unk_id\":", "\"type\":\"Unigram\"", "\"type\":\"BPE\"", "2147483647", "\"ByteLevel\"", "[[", "]]"];

    public override void Read(byte[] input) => _ = TokenizerFile.Parse(input, TokenizerFile.FileName).Tokens;
}
