using MergeEngine.Checkpoints;

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
    public void UnsupportedDtypesAreRefusedByNameAllAtOnce()
    {
        var errors = Formats.Errors(() => Header("dtypes"));
        Assert.Equal(["U64", "U32", "U16"], errors.Select(error => error.Text.Split('\'')[3]));
        Assert.All(errors, error => Assert.Equal("MRG0222", error.Code));
    }
}
