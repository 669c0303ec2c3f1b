using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Golden;

/// <summary>Reads a small safetensors file, or all of a small checkpoint, whole.</summary>
static class TensorFile
{
    public static Dictionary<string, (TensorInfo Info, byte[] Bytes)> Read(string file) => Read(SafetensorsHeader.Read(file).Tensors);

    public static Dictionary<string, (TensorInfo Info, byte[] Bytes)> ReadCheckpoint(string folder) => Read(Checkpoint.Open(folder).Tensors.Values);

    static Dictionary<string, (TensorInfo Info, byte[] Bytes)> Read(IEnumerable<TensorInfo> tensors)
    {
        using var reader = new TensorReader();
        return tensors.ToDictionary(tensor => tensor.Name, tensor =>
        {
            byte[] bytes = new byte[tensor.Length];
            reader.Read(tensor, 0, bytes);
            return (tensor, bytes);
        });
    }
}
