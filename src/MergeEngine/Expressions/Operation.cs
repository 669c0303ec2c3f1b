namespace MergeEngine.Expressions;

/// <summary>What one node of an expression does to a tile. Equal operations of equal operands are computed once.</summary>
public abstract record Operation
{
    /// <summary>Reductions whose values must be known before the operation runs.</summary>
    public virtual IEnumerable<Reduction> Needs => [];

    /// <summary>The result at an element depends on those before it in its block: a block must be run from its start.</summary>
    public virtual bool CountsWithinBlock => false;

    /// <summary>Computes the frame's result from its operands.</summary>
    public abstract void Run(in TileFrame frame);
}
