using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

public class ReadTensors
{
    static TemporaryFolder Folder(int length) => new TemporaryFolder().With(Checkpoint.SingleFileName,
        Formats.File(System.Text.Encoding.UTF8.GetBytes($"{{\"a\":{{\"dtype\":\"U8\",\"shape\":[{length}],\"data_offsets\":[0,{length}]}}}}"),
            [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))]));

    static TensorInfo Tensor(TemporaryFolder folder) => Checkpoint.Open(folder.FullPath).Tensors["a"];

    [Fact]
    public void PartsAreReadAtTheirPlaceFromManyThreads()
    {
        using var folder = Folder(100_000);
        var tensor = Tensor(folder);
        using var reader = new TensorReader();
        Parallel.For(0, 1000, i =>
        {
            byte[] bytes = new byte[100];
            reader.Read(tensor, i * 100L, bytes);
            for (int j = 0; j < bytes.Length; j++) Assert.Equal((byte)((i * 100 + j) * 7), bytes[j]);
        });
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 11)]
    [InlineData(10, 1)]
    [InlineData(long.MaxValue, 1)]
    public void BytesOutsideOfTheTensorAreRefused(long offset, int count)
    {
        using var folder = Folder(10);
        using var reader = new TensorReader();
        var tensor = Tensor(folder);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(tensor, offset, new byte[count]));
    }

    [Fact]
    public void FileCutAfterPlanningFailsWithMRG0209()
    {
        using var folder = Folder(1000);
        var tensor = Tensor(folder);
        using (var stream = File.OpenWrite(tensor.File)) stream.SetLength(tensor.Offset + 500);
        using var reader = new TensorReader();
        reader.Read(tensor, 0, new byte[500]);
        var error = Assert.Single(Formats.Errors(() => reader.Read(tensor, 0, new byte[501])));
        Assert.Equal("MRG0209", error.Code);
        Assert.Contains($"ends at byte {tensor.Offset + 500}, but tensor 'a' ended at byte {tensor.Offset + 1000}", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FileGoneAfterPlanningFailsWithMRG0209()
    {
        using var folder = Folder(10);
        var tensor = Tensor(folder);
        File.Delete(tensor.File);
        using var reader = new TensorReader();
        Assert.Equal("MRG0209", Formats.Errors(() => reader.Read(tensor, 0, new byte[1])).Single().Code);
    }

    [Fact]
    public void ReplacedFileIsReadAsItWasOpened()
    {
        using var folder = Folder(10);
        var tensor = Tensor(folder);
        using var reader = new TensorReader();
        byte[] bytes = new byte[1];
        reader.Read(tensor, 1, bytes);
        File.Move(folder.With("new", new byte[500])["new"], tensor.File, overwrite: true);
        reader.Read(tensor, 2, bytes);
        Assert.Equal(14, bytes[0]);
    }

    [Fact]
    public void OffsetsBeyondFourGibibytesAreReached()
    {
        const long Length = 5_000_000_000;
        using var folder = new TemporaryFolder().With(Checkpoint.SingleFileName,
            Formats.File($"{{\"a\":{{\"dtype\":\"U8\",\"shape\":[{Length}],\"data_offsets\":[0,{Length}]}}}}", 0));
        using (var stream = File.OpenWrite(folder[Checkpoint.SingleFileName]))
        {
            long header = stream.Length;
            stream.SetLength(header + Length);
            stream.Seek(-1, SeekOrigin.End);
            stream.WriteByte(42);
        }
        byte[] bytes = new byte[2];
        using var reader = new TensorReader();
        reader.Read(Tensor(folder), Length - 2, bytes);
        Assert.Equal([0, 42], bytes);
    }
}
