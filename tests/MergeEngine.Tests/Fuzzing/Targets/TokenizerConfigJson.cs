using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class TokenizerConfigJson : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("", TokenizerConfig.FileName).Select(File.ReadAllBytes);

    public override IReadOnlyList<string> Tokens => [.. base.Tokens, "\"chat_template\":", "\"added_tokens_decoder\":{", "\"content\":", "\"name\":\"default\"", "NaN"];

    public override void Read(byte[] input) => InputFile.Read(TokenizerConfig.FileName, input, path =>
    {
        var config = TokenizerConfig.Read(path);
        _ = (config.ChatTemplate, config.Added.Count());
    });
}
