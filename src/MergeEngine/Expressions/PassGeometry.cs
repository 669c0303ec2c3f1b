namespace MergeEngine.Expressions;

/// <summary>How a tensor is cut: blocks of 64 Ki elements in flat order, rows along the last axis.</summary>
/// <param name="Count">Elements of the tensor.</param>
/// <param name="RowLength">Elements of a row.</param>
/// <param name="Workers">Workers that may take part.</param>
public sealed record PassGeometry(long Count, long RowLength, int Workers)
{
    /// <summary>Elements of a block; fixed, because the order of every sum depends on it.</summary>
    public const int BlockSize = 1 << 16;

    /// <summary>Tensors with fewer elements are not sampled.</summary>
    public const long SmallestSampled = 1 << 20;

    /// <summary>Elements of a block that are sampled, and blocks that are.</summary>
    const int SampleSize = 1 << 12, SampleBlocks = 128;

    /// <summary>Only every so-many-th block, and of it only the start, is looked at.</summary>
    public bool IsSample { get; init; }

    int Stride => IsSample ? Math.Max(1, Blocks / SampleBlocks) : 1;

    /// <summary>Number of blocks that a pass looks at.</summary>
    public int VisitedBlocks => (Blocks + Stride - 1) / Stride;

    public int Block(int visit) => visit * Stride;

    public int VisitedCount(int block) => IsSample ? Math.Min(SampleSize, BlockCount(block)) : BlockCount(block);

    public int Blocks => checked((int)((Count + BlockSize - 1) / BlockSize));

    public int BlockCount(int block) => (int)Math.Min(BlockSize, Count - (long)block * BlockSize);
}
