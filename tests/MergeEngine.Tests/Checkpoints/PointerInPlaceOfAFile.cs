using MergeEngine.Adapters;
using MergeEngine.Architectures;
using MergeEngine.Output;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>A repository that was cloned without Git LFS: the large files beside the weights are pointers too.</summary>
public class PointerInPlaceOfAFile
{
    static readonly byte[] Pointer = [.. "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9085657\n"u8];

    [Theory]
    [InlineData("config.json")]
    [InlineData("adapter_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer.model")]
    public void SaysHowToFetchIt(string name)
    {
        using var folder = new TemporaryFolder().With(name, Pointer);
        var error = Assert.Single(Formats.Errors(() => Read(folder.FullPath, name)));
        Assert.Equal(("MRG0204", folder[name]), (error.Code, error.Position.File));
        Assert.Contains($"git lfs pull --include \"{name}\"", error.Text, StringComparison.Ordinal);
    }

    static object Read(string folder, string name) => name switch
    {
        "config.json" => ModelConfig.Read(folder),
        "adapter_config.json" => AdapterConfigReader.Read(folder),
        "tokenizer.json" => TokenizerFolder.Read(folder),
        _ => SideFile.Of(folder, []),
    };
}
