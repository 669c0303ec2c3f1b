using System.Collections.Immutable;

namespace MergeEngine.Expressions.Operations;

/// <summary>Sum of the weights of the operands that have the elected sign (the last operand).</summary>
sealed record DisjointWeight(ImmutableArray<float> Weights) : Operation
{
    public override bool MayOverwriteFirst => false;

    public override void Run(in TileFrame frame)
    {
        frame.Result.Clear();
        var sign = frame.Operand(frame.OperandCount - 1);
        for (int i = 0; i < Weights.Length; i++) frame.Kernels.AddWeightWhereSign(frame.Operand(i), sign, Weights[i], frame.Result);
    }

    public bool Equals(DisjointWeight? other) => other is not null && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Weights.Length, Weights[0]);
}
