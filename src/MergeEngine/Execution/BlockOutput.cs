using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Execution;

/// <summary>Writes stored bytes of an output tensor.</summary>
delegate void TensorOutput(int step, long byteOffset, ReadOnlySpan<byte> bytes);

/// <summary>Where the blocks of one output tensor go: encoded once, to their place in the file and into the digest.</summary>
sealed class BlockOutput(Dtype dtype, long count, Action<long, ReadOnlySpan<byte>> write)
{
    public Dtype Dtype => dtype;

    public TensorDigest Digest { get; } = new(count * dtype.Size());

    /// <param name="kernels">Kernels that encode.</param>
    /// <param name="first">Index of the tile's first element in its block.</param>
    /// <param name="tile">Elements.</param>
    /// <param name="workspace">Holds the block until it is written.</param>
    public void Encode(KernelSet kernels, long first, ReadOnlySpan<float> tile, Workspace workspace) =>
        kernels.Encode(dtype, tile, workspace.Encoded.Slice((int)first * dtype.Size(), tile.Length * dtype.Size()));

    /// <summary>Writes the block's elements.</summary>
    public void Write(int block, int elements, Workspace workspace) => Write(block, workspace.Encoded[..(elements * dtype.Size())]);

    /// <summary>Writes bytes that are encoded already.</summary>
    public void Write(int block, ReadOnlySpan<byte> bytes)
    {
        long offset = (long)block * PassGeometry.BlockSize * dtype.Size();
        write(offset, bytes);
        Digest.Add(offset, bytes);
    }
}
