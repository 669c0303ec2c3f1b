using System.Text.Json;
using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Every file of tests/data/formats/torch: the same tensors as torch 2.13 loads, bit for bit.</summary>
public class TorchCases
{
    public static TheoryData<string> Names
    {
        get
        {
            using var cases = JsonDocument.Parse(File.ReadAllBytes(Formats.Path("torch", "cases.json")));
            return [.. cases.RootElement.EnumerateArray().Select(entry => entry.GetProperty("file").GetString()!)];
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void AreReadAsTorchReadsThem(string name) => AssertSame(TorchFile.Read(Formats.Path("torch", name)), Formats.Path("torch", name + ".expected.safetensors"));

    [Theory, MemberData(nameof(Names))]
    public void AreReadInAnyPieces(string name)
    {
        using var reader = new TensorReader();
        foreach (var tensor in TorchFile.Read(Formats.Path("torch", name)))
        {
            byte[] whole = new byte[tensor.Length];
            reader.Read(tensor, 0, whole);
            int size = tensor.Dtype.Size(), count = (int)tensor.Shape.Count;
            for (int first = 0; first < count; first++)
            {
                for (int length = 1; length <= Math.Min(count - first, 40); length++)
                {
                    byte[] piece = new byte[length * size];
                    reader.Read(tensor, first * size, piece);
                    Assert.Equal(whole[(first * size)..(first * size + piece.Length)], piece);
                }
            }
        }
    }

    [Fact]
    public void OfSeveralShardsAreReadThroughTheIndex()
    {
        var checkpoint = Checkpoint.Open(Formats.Path("sharded", "good-bin"));
        var original = Checkpoint.Open(Formats.Path("sharded", "good"));
        Assert.Equal(["pytorch_model.bin.index.json", "pytorch_model-00001-of-00002.bin", "pytorch_model-00002-of-00002.bin"], checkpoint.Files.Select(Path.GetFileName));
        AssertSame(checkpoint.Tensors.Values, Formats.Path("sharded", "good.expected.safetensors"), original);
    }

    static void AssertSame(IEnumerable<TensorInfo> tensors, string expectedFile, Checkpoint? sameDtypes = null)
    {
        var expected = Formats.Tensors(expectedFile);
        using var reader = new TensorReader();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (var tensor in tensors)
        {
            byte[] bytes = new byte[tensor.Length];
            reader.Read(tensor, 0, bytes);
            var (dtype, shape, wanted) = expected[tensor.Name];
            if (sameDtypes is not null)
            {
                var stored = sameDtypes.Tensors[tensor.Name];
                (dtype, wanted) = (stored.Dtype.ToString(), new byte[stored.Length]);
                reader.Read(stored, 0, wanted);
            }
            Assert.Equal((dtype, string.Join(',', shape)), (tensor.Dtype.ToString(), string.Join(',', tensor.Shape.Extents)));
            Assert.Equal(wanted, bytes);
        }
    }
}
