using System.Buffers.Binary;
using System.IO.Compression;
using static MergeEngine.Tests.Checkpoints.Torch.PickleBytes;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Zip files made to trip a reader.</summary>
public class HostileZip
{
    static readonly byte[] Model = Pickle(Dict(("w", Tensor(Storage("0", 6), 0, [6], [1]))));

    static readonly byte[] Good = Zip(Model, ("0", Floats(6)));

    /// <summary>Place of the directory.</summary>
    static int Directory(byte[] zip) => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - 6));

    /// <summary>A copy with one 32-bit number of an entry's directory record changed.</summary>
    static byte[] With(byte[] zip, int entry, int field, uint value, int length = 4)
    {
        byte[] copy = [.. zip];
        int at = Directory(copy);
        for (; entry > 0; entry--) at += 46 + BitConverter.ToUInt16(copy, at + 28) + BitConverter.ToUInt16(copy, at + 30) + BitConverter.ToUInt16(copy, at + 32);
        BitConverter.GetBytes(value).AsSpan(0, length).CopyTo(copy.AsSpan(at + field));
        return copy;
    }

    [Fact]
    public void GoodOneIsRead() => Assert.Equal([0, 1, 2, 3, 4, 5], TorchText.Values(Good)["w"]);

    [Theory]
    [InlineData(1, 20, 25u, 4, "MRG0261")]
    [InlineData(1, 24, 23u, 4, "MRG0261")]
    [InlineData(1, 20, 0xFFFFFFFFu, 4, "MRG0261")]
    [InlineData(1, 42, 0xFFFFFFF0u, 4, "MRG0261")]
    [InlineData(1, 42, 1u, 4, "MRG0261")]
    [InlineData(1, 42, 0u, 4, "MRG0261")]
    [InlineData(1, 8, 1u, 2, "MRG0271")]
    [InlineData(1, 10, 12u, 2, "MRG0271")]
    [InlineData(0, 10, 99u, 2, "MRG0271")]
    [InlineData(1, 0, 0u, 4, "MRG0261")]
    [InlineData(1, 28, 0xFFFFu, 2, "MRG0261")]
    [InlineData(0, 30, 0xFFFFu, 2, "MRG0261")]
    public void DamagedEntriesAreRefused(int entry, int field, uint value, int length, string code) =>
        Assert.Equal(code, TorchText.Error(With(Good, entry, field, value, length)).Code);

    [Fact]
    public void LengthsThatDeflateCannotReachAreRefused()
    {
        byte[] zip = Archive(CompressionLevel.Optimal, ("m/data.pkl", Model), ("m/data/0", Floats(6)));
        Assert.Equal("MRG0261", TorchText.Error(With(zip, 1, 24, 0x7FFFFFFF)).Code);
    }

    [Fact]
    public void EntriesThereTwiceAreRefused() =>
        Assert.Contains("twice", TorchText.Error(Archive(("m/data.pkl", Model), ("m/data/0", Floats(6)), ("m/data/0", Floats(6)))).Text, StringComparison.Ordinal);

    [Fact]
    public void TwoPicklesAreRefused() =>
        Assert.Equal("MRG0277", TorchText.Error(Archive(("m/data.pkl", Model), ("n/data.pkl", Model), ("m/data/0", Floats(6)))).Code);

    [Fact]
    public void ZipsOfOtherProgramsAreRefused() => Assert.Equal("MRG0277", TorchText.Error(Archive(("word/document.xml", [1]))).Code);

    [Fact]
    public void CutAnywhereFails()
    {
        for (int length = 0; length < Good.Length; length++) Assert.StartsWith("MRG02", TorchText.Error(Good[..length]).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoriesOfManyEntriesStopAtTheLimit()
    {
        byte[] zip = Archive([("m/data.pkl", Model), .. Enumerable.Range(0, 60_000).Select(i => ($"m/{i:d200}", Array.Empty<byte>()))]);
        Assert.Equal("MRG0266", TorchText.Error(zip).Code);
    }

    [Fact]
    public void BytesThatInflateToAnotherLengthFailWhenTheyAreRead()
    {
        byte[] zip = Archive(CompressionLevel.Optimal, ("m/data.pkl", Pickle(Dict(("w", Tensor(Storage("0", 8), 0, [8], [1]))))), ("m/data/0", Floats(6)));
        Assert.Equal("MRG0275", Assert.Single(Formats.Errors(() => TorchText.Values(With(zip, 1, 24, 32)))).Code);
    }

    [Fact]
    public void DeflatedTensorsLeaveNoFilesBehind()
    {
        byte[] zip = Archive(CompressionLevel.Optimal, ("m/data.pkl", Model), ("m/data/0", Floats(6)));
        Assert.Equal([0, 1, 2, 3, 4, 5], TorchText.Values(zip)["w"]);
        Assert.Empty(System.IO.Directory.EnumerateFiles(Path.GetTempPath(), "mergesdk-*.inflated"));
    }
}
