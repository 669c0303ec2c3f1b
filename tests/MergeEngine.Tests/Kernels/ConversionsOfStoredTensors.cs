using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Tests.Checkpoints;

namespace MergeEngine.Tests.Kernels;

/// <summary>Tensors of every supported dtype that torch wrote, against what torch read.</summary>
public class ConversionsOfStoredTensors
{
    [Theory]
    [MemberData(nameof(ConversionKernels.All), MemberType = typeof(ConversionKernels))]
    public void DecodeAsTorchDoes(ConversionKernels kernels)
    {
        var stored = Formats.Tensors(Formats.Path("safetensors", "dtypes.safetensors"));
        var expected = Formats.Tensors(Formats.Path("safetensors", "dtypes.expected.safetensors"));
        foreach (var dtype in Enum.GetValues<Dtype>())
        {
            string name = dtype.ToString().ToLowerInvariant();
            Assert.Equal(Expected(expected[name].Dtype, expected[name].Bytes), kernels.Floats(dtype, stored[name].Bytes));
        }
    }

    static float[] Expected(string dtype, byte[] bytes) => dtype switch
    {
        "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "F64" => [.. MemoryMarshal.Cast<byte, double>(bytes).ToArray().Select(value => (float)value)],
        _ => [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(value => (float)value)],
    };
}
