using MergeEngine.Checkpoints;

namespace MergeEngine.Expressions;

/// <summary>An operation without operands that needs bytes of files: a pass fetches them for many tiles at a time and hands each tile its own.</summary>
abstract record Leaf : Operation
{
    /// <summary>Bytes that it fetches for an element.</summary>
    public abstract int StoredSize { get; }

    /// <summary>Fetches what the tiles of a range will find as <see cref="TileFrame.Stored"/>.</summary>
    /// <param name="read">Reads from the files.</param>
    /// <param name="first">Flat index of the first element.</param>
    /// <param name="destination">Room for whole elements of <see cref="StoredSize"/> bytes.</param>
    public abstract void Fetch(TensorInput read, long first, Span<byte> destination);

    /// <summary>A pass has run it over every element of the tensor.</summary>
    public virtual void Seen() { }
}
