using System.Collections.Immutable;

namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: task vectors. <see cref="Factors"/>: for each, what scales it where it is alone.</summary>
sealed record OverlapSum(float Smallest, ImmutableArray<LazyNumber> Factors) : Operation
{
    public override IEnumerable<Reduction> Needs => Factors.SelectMany(factor => factor.Needs);

    public override void Run(in TileFrame frame)
    {
        Span<float> factors = stackalloc float[Factors.Length];
        for (int i = 0; i < factors.Length; i++) factors[i] = (float)Factors[i].Known;
        frame.Kernels.OverlapSum(frame.Operands, Smallest, factors, frame.Result);
    }

    public bool Equals(OverlapSum? other) => other is not null && Smallest == other.Smallest && Factors.AsSpan().SequenceEqual(other.Factors.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Smallest, Factors.Length);
}
