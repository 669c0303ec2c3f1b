using System.Collections.Immutable;

namespace MergeEngine.Expressions.Operations;

sealed record WeightedSum(ImmutableArray<float> Weights) : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.WeightedSum(frame.Operands, Weights.AsSpan(), frame.Result);

    public bool Equals(WeightedSum? other) => other is not null && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Weights.Length, Weights[0]);
}
