namespace MergeEngine.Expressions;

/// <summary>How a tensor is cut: blocks of 64 Ki elements in flat order, rows along the last axis.</summary>
/// <param name="Count">Elements of the tensor.</param>
/// <param name="RowLength">Elements of a row.</param>
/// <param name="Workers">Workers that may take part.</param>
public sealed record PassGeometry(long Count, long RowLength, int Workers)
{
    /// <summary>Elements of a block; fixed, because the order of every sum depends on it.</summary>
    public const int BlockSize = 1 << 16;

    public int Blocks => checked((int)((Count + BlockSize - 1) / BlockSize));

    public int BlockCount(int block) => (int)Math.Min(BlockSize, Count - (long)block * BlockSize);
}
