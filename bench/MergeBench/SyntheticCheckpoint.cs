using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeBench;

/// <summary>Writes a base and its fine-tunes, hub layout, bfloat16, sharded at 1 GiB; reuses what is there. Streams: 8 MiB of buffer a thread.</summary>
static class SyntheticCheckpoint
{
    const int BlockCount = 4 << 20;

    /// <returns>The folders: base first, then the fine-tunes.</returns>
    public static string[] Ensure(string folder, ModelShape shape, int fineTunes) =>
    [
        .. Enumerable.Range(0, fineTunes + 1).Select(model => EnsureOne(
            Path.Combine(folder, shape.Name, model == 0 ? "base" : $"model-{model}"), shape, model))
    ];

    // config.json is written last: where it is, the checkpoint is whole.
    static string EnsureOne(string directory, ModelShape shape, int model)
    {
        string config = Path.Combine(directory, "config.json");
        if (File.Exists(config)) return directory;
        Console.Error.WriteLine($"making {directory}");
        Directory.CreateDirectory(directory);
        Write(directory, shape, model);
        File.WriteAllText(config, JsonSerializer.Serialize(shape.Config(), new JsonSerializerOptions { WriteIndented = true }));
        return directory;
    }

    static void Write(string directory, ModelShape shape, int model)
    {
        var tensors = shape.Tensors().Select(tensor => (tensor.Name, Dtype.BF16, tensor.Shape)).ToList();
        using var writer = new CheckpointWriter(directory, OutputLayout.Create(tensors, 1L << 30));
        Parallel.ForEach(Blocks(tensors), block =>
        {
            var (name, _, extents) = tensors[block.Tensor];
            ushort[] words = ArrayPool<ushort>.Shared.Rent(BlockCount);
            Span<ushort> used = words.AsSpan(0, (int)Math.Min(BlockCount, extents.Count - block.First));
            Noise.Fill(used, name, block.First, model, isVector: extents.Rank == 1);
            writer.Write(block.Tensor, block.First * sizeof(ushort), MemoryMarshal.AsBytes(used));
            ArrayPool<ushort>.Shared.Return(words);
        });
        writer.Complete();
    }

    static IEnumerable<(int Tensor, long First)> Blocks(List<(string Name, Dtype Dtype, TensorShape Shape)> tensors)
    {
        for (int tensor = 0; tensor < tensors.Count; tensor++)
        {
            for (long first = 0; first < tensors[tensor].Shape.Count; first += BlockCount)
                yield return (tensor, first);
        }
    }
}
