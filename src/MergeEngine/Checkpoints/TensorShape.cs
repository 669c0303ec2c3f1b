using System.Collections.Immutable;

namespace MergeEngine.Checkpoints;

/// <summary>Extents of a tensor, outermost first; empty for a scalar. The product fits in a long.</summary>
public sealed class TensorShape : IEquatable<TensorShape>
{
    /// <exception cref="ArgumentOutOfRangeException">An extent is negative.</exception>
    /// <exception cref="OverflowException">The number of elements exceeds 2^63 - 1.</exception>
    public TensorShape(params ReadOnlySpan<long> extents)
    {
        Extents = [.. extents];
        Count = 1;
        foreach (long extent in extents)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent);
            Count = checked(Count * extent);
        }
    }

    public ImmutableArray<long> Extents { get; }

    /// <summary>Number of elements; 1 for a scalar.</summary>
    public long Count { get; }

    public int Rank => Extents.Length;

    public long this[int dimension] => Extents[dimension];

    public bool Equals(TensorShape? other) => other is not null && Extents.AsSpan().SequenceEqual(other.Extents.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    public override int GetHashCode() => HashCode.Combine(Rank, Count);

    public override string ToString() => $"[{string.Join(", ", Extents)}]";
}
