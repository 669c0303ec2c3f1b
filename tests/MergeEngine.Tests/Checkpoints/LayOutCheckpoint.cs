using System.Text;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

public class LayOutCheckpoint
{
    static (string, Dtype, TensorShape) Bytes(string name, long length) => (name, Dtype.U8, new TensorShape(length));

    static string[] Shards(OutputLayout layout) =>
        [.. layout.Places.GroupBy(place => place.Shard).Select(shard => string.Join(' ', shard.Select(place => place.Length)))];

    [Theory]
    [InlineData(10, "4 6|1|11|10|1")]
    [InlineData(11, "4 6 1|11|10 1")]
    [InlineData(1, "4|6|1|11|10|1")]
    [InlineData(0, "4 6 1 11 10 1")]
    [InlineData(-5, "4 6 1 11 10 1")]
    [InlineData(33, "4 6 1 11 10 1")]
    public void ShardsAreFilledInOrderUpToTheLimit(long limit, string expected) =>
        Assert.Equal(expected.Split('|'), Shards(OutputLayout.Create(
            [Bytes("f", 4), Bytes("e", 6), Bytes("d", 1), Bytes("c", 11), Bytes("b", 10), Bytes("a", 1)], limit)));

    [Fact]
    public void OneFileHasNoNumberAndNoIndex()
    {
        var layout = OutputLayout.Create([Bytes("a", 1)], 1);
        Assert.Equal(["model.safetensors"], layout.Shards.Select(shard => shard.Name));
        Assert.True(layout.Index.IsEmpty);
    }

    [Fact]
    public void FilesAreNumberedAndTheIndexIsSorted()
    {
        var layout = OutputLayout.Create([Bytes("z", 2), Bytes("a", 3), Bytes("B\"é", 4)], 5);
        Assert.Equal(["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"], layout.Shards.Select(shard => shard.Name));
        Assert.Equal(
            """
            {
              "metadata": {
                "total_size": 9
              },
              "weight_map": {
                "B\"é": "model-00002-of-00002.safetensors",
                "a": "model-00001-of-00002.safetensors",
                "z": "model-00001-of-00002.safetensors"
              }
            }
            """, Encoding.UTF8.GetString(layout.Index.Span));
    }

    [Fact]
    public void HeaderIsSortedAndDataKeepsTheOrderOfTheListAmongEqualWidths()
    {
        var layout = OutputLayout.Create([("z", Dtype.BF16, new(3)), ("y", Dtype.F32, new(1, 2)), ("a", Dtype.BF16, new()), ("b", Dtype.F8_E4M3, new(0))], 0);
        const string Json =
            """{"__metadata__":{"format":"pt"},"a":{"dtype":"BF16","shape":[],"data_offsets":[14,16]},"b":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[16,16]}"""
            + ""","y":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"z":{"dtype":"BF16","shape":[3],"data_offsets":[8,14]}}""";
        int padded = (Json.Length + 7) / 8 * 8;
        Assert.Equal([.. BitConverter.GetBytes((long)padded), .. Encoding.UTF8.GetBytes(Json.PadRight(padded))], layout.Shards[0].Header.ToArray());
        Assert.Equal([padded + 16L, padded + 8L, padded + 22L, padded + 24L], layout.Places.Select(place => place.Offset));
        Assert.Equal(padded + 24, layout.Shards[0].Length);
    }

    [Fact]
    public void NoTensorsGiveAnEmptyFile()
    {
        var layout = OutputLayout.Create([], 100);
        Assert.Equal("{\"__metadata__\":{\"format\":\"pt\"}}", Encoding.UTF8.GetString(layout.Shards.Single().Header.Span[8..]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("__metadata__")]
    public void TakenNamesAreRefused(string name) =>
        Assert.Throws<ArgumentException>(() => OutputLayout.Create([Bytes("a", 1), Bytes(name, 1)], 0));

    [Fact]
    public void LayoutsLargerThanAnyDiskAreComputed()
    {
        var layout = OutputLayout.Create([Bytes("a", 1L << 40), Bytes("b", 1L << 41), Bytes("c", 1L << 40)], 5_000_000_000);
        Assert.Equal(4L << 40, layout.TotalSize);
        Assert.Equal(3, layout.Shards.Count);
    }
}
