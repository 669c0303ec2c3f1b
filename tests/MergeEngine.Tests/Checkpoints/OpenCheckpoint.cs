using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Checkpoints;

public class OpenCheckpoint
{
    const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

    static Diagnostic Error(string directory) => Assert.Single(Formats.Errors(() => Checkpoint.Open(directory)));

    [Fact]
    public void ReadsShardsThroughTheIndex()
    {
        var checkpoint = Checkpoint.Open(Formats.Path("sharded", "good"));
        var expected = Formats.Tensors(Formats.Path("sharded", "good.expected.safetensors"));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), checkpoint.Tensors.Keys);
        Assert.Equal([ShardIndex.FileName, "model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors"],
            checkpoint.Files.Select(Path.GetFileName));
        Assert.Empty(checkpoint.Warnings);
        using var reader = new TensorReader();
        foreach (var tensor in checkpoint.Tensors.Values)
        {
            byte[] bytes = new byte[tensor.Length];
            reader.Read(tensor, 0, bytes);
            float[] values = new float[tensor.Shape.Count];
            ScalarConversions.Decode(tensor.Dtype, bytes, values);
            float[] decoded = new float[tensor.Shape.Count];
            ScalarConversions.Decode(Enum.Parse<Dtype>(expected[tensor.Name].Dtype), expected[tensor.Name].Bytes, decoded);
            Assert.Equal(decoded, values);
        }
    }

    [Fact]
    public void IndexWinsOverASingleFile()
    {
        using var folder = new TemporaryFolder().With("sharded/good").With(Checkpoint.SingleFileName, Formats.File("{}", 0));
        Assert.Equal(7, Checkpoint.Open(folder.FullPath).Tensors.Count);
    }

    [Fact]
    public void SingleFileIsTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Formats.Path("safetensors", "loose-header.safetensors"), folder[Checkpoint.SingleFileName]);
        var checkpoint = Checkpoint.Open(folder.FullPath);
        Assert.Equal(["a_second", "z_first"], checkpoint.Tensors.Keys);
        Assert.Equal([folder[Checkpoint.SingleFileName]], checkpoint.Files);
    }

    [Theory]
    [InlineData("torch.index torch", "torch.index")]
    [InlineData("torch.index torch safetensors", "safetensors")]
    [InlineData("torch", "torch")]
    [InlineData("torch.index torch safetensors safetensors.index", "safetensors.index")]
    public void SafetensorsWinOverTorchAndIndexesOverSingleFiles(string present, string winner)
    {
        Dictionary<string, string> names = new()
        {
            ["safetensors.index"] = ShardIndex.FileName,
            ["safetensors"] = Checkpoint.SingleFileName,
            ["torch.index"] = ShardIndex.TorchFileName,
            ["torch"] = Checkpoint.TorchFileName,
        };
        using var folder = new TemporaryFolder();
        foreach (string kind in present.Split(' ')) folder.With(names[kind], []);
        // Empty files are errors, of the file that was chosen.
        Assert.Equal(folder[names[winner]], Error(folder.FullPath).Position.File);
    }

    [Fact]
    public void LinkedFilesAreFollowed()
    {
        using var folder = new TemporaryFolder().With("blob", Formats.File("{}", 0));
        File.CreateSymbolicLink(folder[Checkpoint.SingleFileName], "blob");
        Assert.Empty(Checkpoint.Open(folder.FullPath).Tensors);
    }

    [Fact]
    public void MissingFolderFailsWithMRG0201()
    {
        using var folder = new TemporaryFolder();
        var error = Error(folder["nothing"]);
        Assert.Equal(("MRG0201", folder["nothing"]), (error.Code, error.Position.File));
        Assert.Contains("does not exist", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FileInPlaceOfTheFolderFailsWithMRG0201()
    {
        using var folder = new TemporaryFolder().With("m.safetensors", []);
        Assert.Contains("is a file", Error(folder["m.safetensors"]).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json", "Download")]
    [InlineData("consolidated.00.pth", "found 'consolidated.00.pth'. Rename a single file to pytorch_model.bin")]
    [InlineData("tiny-q4.gguf", "found 'tiny-q4.gguf', a format that is not read yet. Convert it")]
    [InlineData("model-00001-of-00002.safetensors", "found 'model-00001-of-00002.safetensors'. Rename a single file")]
    public void NoWeightsFailsWithMRG0207AndSaysWhatToDo(string present, string text)
    {
        using var folder = new TemporaryFolder().With(present, []);
        var error = Error(folder.FullPath);
        Assert.Equal("MRG0207", error.Code);
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void GitLfsPointerFailsWithMRG0204AndTheCommand()
    {
        using var folder = new TemporaryFolder().With(Checkpoint.SingleFileName, Encoding.ASCII.GetBytes(Pointer));
        var error = Error(folder.FullPath);
        Assert.Equal(("MRG0204", folder[Checkpoint.SingleFileName]), (error.Code, error.Position.File));
        Assert.EndsWith("git lfs pull --include \"model.safetensors\"", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ShardsThatArePointersFailTogether()
    {
        using var folder = new TemporaryFolder().With("sharded/good");
        File.WriteAllText(folder["model-00001-of-00003.safetensors"], Pointer);
        File.WriteAllText(folder["model-00003-of-00003.safetensors"], Pointer);
        Assert.EndsWith("--include \"model-00001-of-00003.safetensors,model-00003-of-00003.safetensors\"", Error(folder.FullPath).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void PointerNamesCannotReachAShell()
    {
        const string Name = "$(touch x).safetensors";
        using var folder = new TemporaryFolder().With(Name, Encoding.ASCII.GetBytes(Pointer))
            .With(ShardIndex.FileName, Encoding.UTF8.GetBytes("{\"weight_map\":{\"a\":\"" + Name + "\"}}"));
        Assert.EndsWith("--include \"*.safetensors\"", Error(folder.FullPath).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorsOfAllShardsComeTogether()
    {
        using var folder = new TemporaryFolder().With("sharded/good");
        File.Delete(folder["model-00001-of-00003.safetensors"]);
        File.WriteAllBytes(folder["model-00002-of-00003.safetensors"], []);
        File.WriteAllText(folder["model-00003-of-00003.safetensors"], Pointer);
        Assert.Equal(["MRG0204", "MRG0206", "MRG0210"], Formats.Errors(() => Checkpoint.Open(folder.FullPath)).Select(error => error.Code));
    }

    [Theory]
    [InlineData(Checkpoint.SingleFileName, "MRG0210")]
    [InlineData(ShardIndex.FileName, "MRG0233")]
    public async Task PipesAreNotWaitedFor(string name, string code)
    {
        using var folder = new TemporaryFolder();
        if (OperatingSystem.IsWindows()) folder.With("pipe", []);
        else System.Diagnostics.Process.Start("mkfifo", folder["pipe"]).WaitForExit();
        File.CreateSymbolicLink(folder[name], "pipe");
        var error = await Task.Run(() => Error(folder.FullPath)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(code, error.Code);
    }
}
