using System.Collections.Immutable;

namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the weighted task vectors, last the elected sign.</summary>
sealed record DisjointMean(ImmutableArray<float> Weights, float SmallestDivisor) : Operation
{
    public override void Run(in TileFrame frame) =>
        frame.Kernels.DisjointMean(frame.Operands[..^1], frame.Operands[^1], Weights.AsSpan(), SmallestDivisor, frame.Result);

    public bool Equals(DisjointMean? other) =>
        other is not null && SmallestDivisor.Equals(other.SmallestDivisor) && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Weights.Length, Weights[0]);
}
