using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Files that look odd and are legal.</summary>
public class UnusualSafetensors
{
    static SafetensorsHeader Header(string name) => SafetensorsHeader.Read(Formats.Path("safetensors", name + ".safetensors"));

    [Theory]
    [InlineData("empty-and-scalar")]
    [InlineData("escaped-and-unaligned")]
    [InlineData("loose-header")]
    [InlineData("metadata")]
    [InlineData("no-tensors")]
    [InlineData("odd-names")]
    [InlineData("dtypes.expected")]
    public void ReadAsAnotherReaderReadsThem(string name)
    {
        var expected = Formats.Tensors(Formats.Path("safetensors", name + ".safetensors"));
        var header = Header(name);
        using var reader = new TensorReader();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), header.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (var tensor in header.Tensors)
        {
            byte[] bytes = new byte[tensor.Length];
            reader.Read(tensor, 0, bytes);
            Assert.Equal(expected[tensor.Name].Bytes, bytes);
            Assert.Equal(expected[tensor.Name].Shape, tensor.Shape.Extents);
            Assert.Equal(expected[tensor.Name].Dtype, tensor.Dtype.ToString());
        }
    }

    [Fact]
    public void EmptyNamesAndNamesLikeTheMetadataAreNames() =>
        Assert.Equal(["", "__metadata", "a.b.c", "name with space", "ключ/😀"], Header("odd-names").Tensors.Select(tensor => tensor.Name));

    [Fact]
    public void EscapesAreRead() => Assert.Equal(["a", "bé\n"], Header("escaped-and-unaligned").Tensors.Select(tensor => tensor.Name));

    [Fact]
    public void ScalarsHaveOneElementAndEmptyTensorsNone()
    {
        var counts = Header("empty-and-scalar").Tensors.ToDictionary(tensor => tensor.Name, tensor => (tensor.Shape.Rank, tensor.Shape.Count));
        Assert.Equal((0, 1L), counts["scalar"]);
        Assert.Equal((2, 0L), counts["empty_0x3_bf16"]);
    }

    [Fact]
    public void MetadataIsRead()
    {
        var metadata = Header("metadata").Metadata;
        Assert.Equal("значение 😀", metadata["Ünïcode ключ"]);
        Assert.Equal("line\nbreak\ttab", metadata["quote\"back\\slash"]);
    }

    [Fact]
    public void EveryDtypeIsDecodedAsTheReferenceDecodesIt()
    {
        var expected = Formats.Tensors(Formats.Path("safetensors", "dtypes.expected.safetensors"));
        var header = Header("dtypes");
        Assert.Equal(Enum.GetNames<Dtype>().Length, header.Tensors.Select(tensor => tensor.Dtype).Distinct().Count());
        using var reader = new TensorReader();
        foreach (var tensor in header.Tensors)
        {
            byte[] bytes = new byte[tensor.Length];
            reader.Read(tensor, 0, bytes);
            Assert.Equal(Floats(Enum.Parse<Dtype>(expected[tensor.Name].Dtype), expected[tensor.Name].Bytes), Floats(tensor.Dtype, bytes));
        }
    }

    static float[] Floats(Dtype dtype, byte[] bytes)
    {
        float[] values = new float[bytes.Length / dtype.Size()];
        ScalarConversions.Decode(dtype, bytes, values);
        return values;
    }
}
