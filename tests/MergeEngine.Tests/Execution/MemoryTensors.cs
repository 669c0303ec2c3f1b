using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Execution;

/// <summary>Stored tensors in memory instead of files; counts what is read.</summary>
sealed class MemoryTensors
{
    readonly Dictionary<TensorInfo, byte[]> stored = [];
    long bytesRead;

    /// <summary>Bytes read so far, in all.</summary>
    public long BytesRead => Interlocked.Read(ref bytesRead);

    public TensorInfo Add(string model, string name, TensorShape shape, ReadOnlySpan<float> values, Dtype dtype = Dtype.F32)
    {
        byte[] bytes = new byte[values.Length * dtype.Size()];
        new ScalarKernels().Encode(dtype, values, bytes);
        return Add(model, name, dtype, shape, bytes);
    }

    public TensorInfo Add(string model, string name, Dtype dtype, TensorShape shape, byte[] bytes)
    {
        Assert.Equal(shape.Count * dtype.Size(), bytes.Length);
        var tensor = new TensorInfo(name, dtype, shape, model, 0, bytes.Length);
        stored.Add(tensor, bytes);
        return tensor;
    }

    public void Read(TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        Interlocked.Add(ref bytesRead, destination.Length);
        stored[tensor].AsSpan((int)byteOffset, destination.Length).CopyTo(destination);
    }

    public static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
