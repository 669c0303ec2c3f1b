using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeTorch.Tests.Extraction;

/// <summary>Tensors of one file as numbers.</summary>
static class Tensors
{
    public static Dictionary<string, (float[] Values, TensorShape Shape)> Read(string file)
    {
        using var reader = new TensorReader();
        return SafetensorsHeader.Read(file).Tensors.ToDictionary(tensor => tensor.Name, tensor => (Numbers(reader, tensor), tensor.Shape));
    }

    static float[] Numbers(TensorReader reader, TensorInfo tensor)
    {
        byte[] bytes = new byte[tensor.Length];
        reader.Read(tensor, 0, bytes);
        return tensor.Dtype switch
        {
            Dtype.F32 => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            Dtype.F64 => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), value => (float)value),
            Dtype.BF16 => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            _ => throw new NotSupportedException($"{tensor.Dtype}"),
        };
    }
}
