using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

public class WriteCheckpoint
{
    static readonly (string Name, Dtype Dtype, TensorShape Shape)[] Tensors = [("b", Dtype.F32, new(2)), ("a", Dtype.U8, new(3)), ("c", Dtype.BF16, new())];

    static readonly byte[][] Contents = [[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11], [12, 13]];

    static void Fill(CheckpointWriter writer)
    {
        for (int i = 0; i < Contents.Length; i++) writer.Write(i, 0, Contents[i]);
    }

    static void Write(string directory, long maxShardBytes)
    {
        using var writer = new CheckpointWriter(directory, OutputLayout.Create(Tensors, maxShardBytes));
        Fill(writer);
        writer.Complete();
    }

    [Fact]
    public void SingleFileHasTheBytesOfTheFormat()
    {
        using var folder = new TemporaryFolder();
        Write(folder["new/sub"], 0);
        const string Json = """{"__metadata__":{"format":"pt"},"a":{"dtype":"U8","shape":[3],"data_offsets":[10,13]}"""
            + ""","b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"c":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}""";
        byte[] expected = Formats.File(System.Text.Encoding.ASCII.GetBytes(Json.PadRight((Json.Length + 7) / 8 * 8)), [.. Contents[0], .. Contents[2], .. Contents[1]]);
        Assert.Equal(expected, File.ReadAllBytes(folder["new/sub/model.safetensors"]));
    }

    [Fact]
    public void ShardsAreReadBackThroughTheIndex()
    {
        using var folder = new TemporaryFolder();
        Write(folder.FullPath, 9);
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", ShardIndex.FileName], folder.Names);
        var checkpoint = Checkpoint.Open(folder.FullPath);
        Assert.Empty(checkpoint.Warnings);
        Assert.Equal(["a", "b", "c"], checkpoint.Tensors.Keys);
        Assert.Equal(Contents[1], Formats.Tensors(folder["model-00002-of-00002.safetensors"])["a"].Bytes);
    }

    [Fact]
    public void NothingHasItsNameBeforeAllIsWhole()
    {
        using var folder = new TemporaryFolder();
        using var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create(Tensors, 9));
        Fill(writer);
        Assert.All(folder.Names, name => Assert.EndsWith(".part", name, StringComparison.Ordinal));
    }

    [Fact]
    public void NotCompletedLeavesNothingAndTheEarlierOutput()
    {
        using var folder = new TemporaryFolder();
        Write(folder.FullPath, 0);
        byte[] before = File.ReadAllBytes(folder[Checkpoint.SingleFileName]);
        using (var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create(Tensors, 9))) Fill(writer);
        Assert.Equal([Checkpoint.SingleFileName], folder.Names);
        Assert.Equal(before, File.ReadAllBytes(folder[Checkpoint.SingleFileName]));
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(0, 9)]
    [InlineData(1, 9)]
    public void EarlierFilesCannotMixWithNewOnes(long earlier, long later)
    {
        using var folder = new TemporaryFolder().With("model-card.safetensors", []).With("model.safetensors.part", new byte[5000]);
        Write(folder.FullPath, earlier);
        Write(folder.FullPath, later);
        using var fresh = new TemporaryFolder();
        Write(fresh.FullPath, later);
        Assert.Equal(fresh.Names.Append("model-card.safetensors").Order(StringComparer.Ordinal), folder.Names.Where(name => !name.EndsWith(".part", StringComparison.Ordinal)));
        foreach (string name in fresh.Names) Assert.Equal(File.ReadAllBytes(fresh[name]), File.ReadAllBytes(folder[name]));
    }

    [Fact]
    public void MissingBytesAreNoticed()
    {
        using var folder = new TemporaryFolder();
        using var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create(Tensors, 0));
        writer.Write(0, 0, Contents[0]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Theory]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 4)]
    [InlineData(1, 3, 1)]
    public void BytesOutsideOfTheTensorAreRefused(int tensor, long offset, int count)
    {
        using var folder = new TemporaryFolder();
        using var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create(Tensors, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(tensor, offset, new byte[count]));
    }

    [Fact]
    public void PartsComeInAnyOrderFromManyThreads()
    {
        using var folder = new TemporaryFolder();
        byte[] content = new byte[100_000];
        new Random(1).NextBytes(content);
        using (var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create([("a", Dtype.U8, new(100_000)), ("b", Dtype.U8, new(100_000))], 100_000)))
        {
            Parallel.For(0, 200, i => writer.Write(i % 2, i / 2 * 1000, content.AsSpan(i / 2 * 1000, 1000)));
            writer.Complete();
        }
        Assert.Equal(content, Formats.Tensors(folder["model-00001-of-00002.safetensors"])["a"].Bytes);
        Assert.Equal(content, Formats.Tensors(folder["model-00002-of-00002.safetensors"])["b"].Bytes);
    }

    [Fact]
    public void FolderThatCannotBeMadeFailsWithMRG0605()
    {
        using var folder = new TemporaryFolder().With("file", []);
        Assert.Equal("MRG0605", Formats.Errors(() => Write(folder["file/sub"], 0)).Single().Code);
    }

    [Fact]
    public void FileThatCannotBeMadeFailsWithMRG0605AndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["model-00002-of-00002.safetensors.part"]);
        var error = Formats.Errors(() => Write(folder.FullPath, 9)).Single();
        Assert.Equal(("MRG0605", folder["model-00002-of-00002.safetensors"]), (error.Code, error.Position.File));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void NameThatCannotBeTakenFailsWithMRG0605AndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[Checkpoint.SingleFileName]);
        Assert.Equal("MRG0605", Formats.Errors(() => Write(folder.FullPath, 0)).Single().Code);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void FullDiskFailsWithMRG0604()
    {
        using var folder = new TemporaryFolder();
        if (OperatingSystem.IsLinux())
        {
            // Every write to /dev/full fails as on a full disk.
            File.CreateSymbolicLink(folder[Checkpoint.SingleFileName + ".part"], "/dev/full");
            Assert.Equal("MRG0604", Formats.Errors(() => Write(folder.FullPath, 0)).Single().Code);
        }
        // Elsewhere, and first of all: more space than any disk has cannot be reserved.
        using var other = new TemporaryFolder();
        var layout = OutputLayout.Create([("a", Dtype.U8, new(long.MaxValue / 2))], 0);
        var error = Formats.Errors(() => new CheckpointWriter(other.FullPath, layout)).Single();
        Assert.Equal("MRG0604", error.Code);
        Assert.Contains($"needs {layout.Shards[0].Length} bytes", error.Text, StringComparison.Ordinal);
        Assert.Empty(other.Names);
    }
}
