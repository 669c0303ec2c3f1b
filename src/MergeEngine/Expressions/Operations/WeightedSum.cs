using System.Collections.Immutable;

namespace MergeEngine.Expressions.Operations;

/// <summary>((w₀x₀ + w₁x₁) + w₂x₂) + ..., each product and each sum rounded.</summary>
/// <remarks>The result may lie in the first operand's place, which is read first; in no other's.</remarks>
sealed record WeightedSum(ImmutableArray<float> Weights) : Operation
{
    public override void Run(in TileFrame frame)
    {
        frame.Kernels.Scale(frame.Operand(0), Weights[0], frame.Result);
        for (int i = 1; i < Weights.Length; i++) frame.Kernels.AddScaled(frame.Operand(i), Weights[i], frame.Result);
    }

    public bool Equals(WeightedSum? other) => other is not null && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Weights.Length, Weights[0]);
}
