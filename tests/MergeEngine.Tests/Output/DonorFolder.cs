using MergeEngine.Output;

namespace MergeEngine.Tests.Output;

/// <summary>Which files of a donor are copied.</summary>
public sealed class DonorFolder : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("donor").FullName;

    string Folder => Path.Combine(_root, "model");

    public DonorFolder() => Directory.CreateDirectory(Folder);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void TokenizerTemplatesProcessorsAndLicenceAreCopied()
    {
        string[] wanted =
        [
            "LICENSE", "LICENSE.txt", "NOTICE.md", "additional_chat_templates/tool.jinja", "added_tokens.json", "chat_template.jinja", "generation_config.json",
            "merges.txt", "modules.json", "1_Pooling/config.json", "preprocessor_config.json", "qwen.tiktoken", "special_tokens_map.json", "spiece.model",
            "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
        ];
        foreach (string name in wanted) Write(name);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), SideFile.Of(Folder, []).Select(file => file.Name));
    }

    [Theory]
    [InlineData("tokenization_x.py")]
    [InlineData("LICENSE.py")]
    [InlineData("LICENSE.sh")]
    [InlineData("run.sh")]
    [InlineData("config.json")]
    [InlineData("README.md")]
    [InlineData("merge-manifest.json")]
    [InlineData("model.safetensors")]
    [InlineData("model.safetensors.index.json")]
    [InlineData("pytorch_model.bin")]
    [InlineData("sub/tokenizer.json")]
    [InlineData("sub/LICENSE")]
    [InlineData("sub/deeper/tool.jinja")]
    [InlineData("adapter_config.json")]
    public void CodeWeightsAndOthersAreNot(string name)
    {
        Write(name);
        Assert.Empty(SideFile.Of(Folder, []));
    }

    [Fact]
    public void FilesOfTheArchitectureAreCopied()
    {
        Write("special.json");
        Assert.Equal(["special.json"], SideFile.Of(Folder, ["special.json", "missing.json"]).Select(file => file.Name));
    }

    [Fact]
    public void LinksOutOfTheFolder_FailWithMRG0258()
    {
        File.WriteAllText(Path.Combine(_root, "secret"), "x");
        File.CreateSymbolicLink(Path.Combine(Folder, "LICENSE"), Path.Combine(_root, "secret"));
        File.CreateSymbolicLink(Path.Combine(Folder, "vocab.txt"), "../secret");
        MergeException error = Assert.Throws<MergeException>(() => SideFile.Of(Folder, []));
        Assert.Equal(["MRG0258", "MRG0258"], error.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void FolderThatLinksOut_FailsWithMRG0258()
    {
        Directory.CreateDirectory(Path.Combine(_root, "other"));
        File.WriteAllText(Path.Combine(_root, "other", "config.json"), "{}");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "1_Pooling"), Path.Combine(_root, "other"));
        Assert.Equal("MRG0258", Assert.Single(Assert.Throws<MergeException>(() => SideFile.Of(Folder, [])).Diagnostics).Code);
    }

    [Fact]
    public void DanglingLink_FailsWithMRG0209()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "vocab.txt"), Path.Combine(Folder, "gone"));
        Assert.Equal("MRG0209", Assert.Single(Assert.Throws<MergeException>(() => SideFile.Of(Folder, [])).Diagnostics).Code);
    }

    [Fact]
    public void LinksInTheFolderAreCopied()
    {
        Write("a");
        File.CreateSymbolicLink(Path.Combine(Folder, "vocab.txt"), "a");
        Assert.Single(SideFile.Of(Folder, []));
    }

    [Fact]
    public void SnapshotOfTheHubsCacheIsCopied()
    {
        string snapshot = Path.Combine(_root, "models--a--b", "snapshots", "0123");
        Directory.CreateDirectory(snapshot);
        Directory.CreateDirectory(Path.Combine(_root, "models--a--b", "blobs"));
        File.WriteAllText(Path.Combine(_root, "models--a--b", "blobs", "abc"), "{}");
        File.CreateSymbolicLink(Path.Combine(snapshot, "tokenizer.json"), "../../blobs/abc");
        Assert.Single(SideFile.Of(snapshot, []));
    }

    [Fact]
    public void FolderThatIsALinkIsFollowed()
    {
        Write("vocab.txt");
        string link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, Folder);
        Assert.Single(SideFile.Of(link, []));
    }

    [Fact]
    public void TooLarge_FailsWithMRG0258()
    {
        using (FileStream file = File.Create(Path.Combine(Folder, "tokenizer.json"))) file.SetLength(SideFile.MostBytes + 1);
        Assert.Equal("MRG0258", Assert.Single(Assert.Throws<MergeException>(() => SideFile.Of(Folder, [])).Diagnostics).Code);
    }

    [Fact]
    public void Missing_FailsWithMRG0209() =>
        Assert.Equal("MRG0209", Assert.Single(Assert.Throws<MergeException>(() => SideFile.Of(Path.Combine(_root, "none"), [])).Diagnostics).Code);

    void Write(string name)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, name);
    }
}
