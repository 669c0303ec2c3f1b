using System.Collections.Immutable;

namespace MergeEngine.Expressions;

/// <summary>Something that a pass over all blocks of its operands finds out. The result does not depend on tiles, threads or kernels.</summary>
public abstract class Reduction(params ImmutableArray<LazyTensor> operands)
{
    internal ImmutableArray<LazyTensor> Operands { get; } = operands;

    /// <summary>Other reductions whose results it uses.</summary>
    internal virtual IEnumerable<Reduction> Needs => [];

    /// <summary>The result is known. A reduction may need several passes.</summary>
    internal bool IsDone { get; private protected set; }

    /// <summary>The next pass need only see a sample of the tensor.</summary>
    internal virtual bool WantsSample => false;

    /// <summary>How many blocks in a row must be taken in order, on one worker.</summary>
    internal virtual int BlocksInOrder(PassGeometry geometry) => 1;

    /// <summary>Called before a pass.</summary>
    internal abstract void Begin(PassGeometry geometry);

    /// <summary>Takes one tile; the tiles of a block come in order, on one worker.</summary>
    internal abstract void Accumulate(in TileFrame frame);

    /// <summary>Called after the last tile of a block.</summary>
    internal abstract void EndBlock(int block, int worker);

    /// <summary>Called after a pass.</summary>
    internal abstract void End();
}
