using System.Runtime.InteropServices;
using System.Text;
using MergeEngine.Tests.Checkpoints;

namespace MergeEngine.Tests.Adapters;

/// <summary>A safetensors file of float32 tensors, as bytes.</summary>
static class FloatFile
{
    public static byte[] Of(params IEnumerable<(string Name, int[] Shape, float[] Values)> tensors)
    {
        int end = 0;
        List<byte> data = [];
        List<string> entries = [];
        foreach (var (name, shape, values) in tensors)
        {
            Assert.Equal(shape.Aggregate(1, (count, extent) => count * extent), values.Length);
            entries.Add($"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{end},{end += sizeof(float) * values.Length}]}}");
            data.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        }
        return Formats.File(Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}"), [.. data]);
    }
}
