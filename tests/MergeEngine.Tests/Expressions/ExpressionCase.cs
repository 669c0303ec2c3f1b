using FsCheck;
using FsCheck.Fluent;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Expressions;

/// <summary>An expression of <see cref="InputCount"/> inputs, and their shape and contents.</summary>
public sealed record ExpressionCase(Expression Expression, TensorShape Shape, int Seed)
{
    public const int InputCount = 3;

    public override string ToString() => $"{Expression} on {Shape}, seed {Seed}";

    /// <summary>Inputs of two kinds: coarse numbers with many equals and zeros, and all sorts of floats, some denormal.</summary>
    public float[][] Inputs()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, InputCount).Select(i => Enumerable.Range(0, (int)Shape.Count).Select(_ => i == 0 ? Coarse(random) : Fine(random)).ToArray())];
    }

    static float Coarse(Random random) => random.Next(-12, 13) / 8f;

    static float Fine(Random random) => random.Next(20) switch
    {
        0 => 0,
        1 => -0f,
        2 => random.Next(1, 100) * float.Epsilon,
        _ => (float)(random.NextDouble() * 8 - 4),
    };
}

/// <summary>Expressions on tensors of at most 131 elements.</summary>
public static class SmallCases
{
    static readonly long[][] Shapes = [[], [1], [15], [16], [17], [131], [5, 7], [1, 33], [40, 1], [2, 3, 11], [3, 1, 7], [2, 4, 3, 5], [0], [0, 4], [4, 0]];

    public static Arbitrary<ExpressionCase> Case() => RandomExpressions.On(Shapes, depth: 5);
}

/// <summary>Expressions on tensors at and over the ends of blocks; rows cross them, or are longer than they are.</summary>
public static class LargeCases
{
    static readonly long[][] Shapes = [[65535], [65536], [65537], [200000], [3, 50001], [70001, 2], [2, 100000], [1, 140000], [65536, 2], [3, 500, 60], [2, 9000, 8]];

    public static Arbitrary<ExpressionCase> Case() => RandomExpressions.On(Shapes, depth: 3);
}
