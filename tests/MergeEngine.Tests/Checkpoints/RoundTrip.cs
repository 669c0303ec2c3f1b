using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>What the writer wrote, the reader and a reader of a few lines read, for any names, dtypes, shapes and limits.</summary>
public class RoundTrip
{
    public sealed record Output((string Name, Dtype Dtype, TensorShape Shape)[] Tensors, long Limit);

    public static class Outputs
    {
        static readonly Gen<string> Name = Gen.OneOf(
            Gen.Choose(0, 99).Select(i => $"model.layers.{i}.weight"),
            ArbMap.Default.GeneratorFor<string>().Where(text => text is not (null or SafetensorsHeader.MetadataKey)).Select(WithoutHalfPairs));

        static readonly Gen<(string Name, Dtype Dtype, TensorShape Shape)> Tensor =
            from name in Name
            from dtype in Gen.Elements(Enum.GetValues<Dtype>())
            from extents in Gen.Choose(0, 4).Select(extent => (long)extent).ArrayOf().Resize(4)
            select (name, dtype, new TensorShape(extents));

        public static Arbitrary<Output> Output() => Arb.From(
            from tensors in Tensor.ArrayOf()
            from limit in Gen.Choose(0, 300)
            select new Output([.. tensors.DistinctBy(tensor => tensor.Name)], limit));

        static string WithoutHalfPairs(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
    }

    [Property(Arbitrary = [typeof(Outputs)], MaxTest = 150)]
    public bool GivesTheSameTensors(Output output)
    {
        using var folder = new TemporaryFolder();
        byte[][] contents = [.. output.Tensors.Select((tensor, i) => Content(tensor, i))];
        using (var writer = new CheckpointWriter(folder.FullPath, OutputLayout.Create(output.Tensors, output.Limit)))
        {
            for (int i = 0; i < contents.Length; i++) writer.Write(i, 0, contents[i]);
            writer.Complete();
        }
        var checkpoint = Checkpoint.Open(folder.FullPath);
        using var reader = new TensorReader();
        return checkpoint.Warnings.Count == 0 && checkpoint.Tensors.Count == contents.Length
            && output.Tensors.Zip(contents).All(pair => IsSame(checkpoint.Tensors[pair.First.Name], pair.First, pair.Second, reader));
    }

    static byte[] Content((string Name, Dtype Dtype, TensorShape Shape) tensor, int seed)
    {
        byte[] bytes = new byte[tensor.Shape.Count * tensor.Dtype.Size()];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    static bool IsSame(TensorInfo tensor, (string Name, Dtype Dtype, TensorShape Shape) written, byte[] content, TensorReader reader)
    {
        byte[] bytes = new byte[tensor.Length];
        reader.Read(tensor, 0, bytes);
        var (dtype, shape, raw) = Formats.Tensors(tensor.File)[written.Name];
        return tensor.Dtype == written.Dtype && tensor.Shape.Equals(written.Shape) && bytes.AsSpan().SequenceEqual(content)
            && dtype == written.Dtype.ToString() && shape.AsSpan().SequenceEqual(written.Shape.Extents.AsSpan()) && raw.AsSpan().SequenceEqual(content)
            && tensor.Offset % 8 % written.Dtype.Size() == 0;
    }
}
