using FsCheck;
using FsCheck.Fluent;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Expressions;

/// <summary>Draws expressions; the operands of a node are often equal to each other, as subexpressions of methods are.</summary>
static class RandomExpressions
{
    static readonly Operator[] Pairs = [Operator.Add, Operator.Subtract, Operator.Multiply, Operator.Quotient, Operator.RescaledToL1NormOf, Operator.ScaleByDot, Operator.ScaleRows,
        Operator.ScaleColumns, Operator.KeepFrom, Operator.KeepWhere, Operator.DivideByNonzeros, Operator.ScaleByDivergence];
    static readonly Operator[] Singles = [Operator.Absolute, Operator.Scale, Operator.DivideBy, Operator.AddScalar, Operator.DivideByNorm, Operator.Clamp, Operator.Ranks, Operator.KeepRandomByRank];
    static readonly Operator[] Selections = [Operator.KeepLargest, Operator.KeepLargest, Operator.KeepRandom, Operator.KeepRanks];
    static readonly Operator[] Sums = [Operator.WeightedSum, Operator.SignOfSum, Operator.DisjointSum, Operator.DisjointMean, Operator.Variance, Operator.OverlapSum];

    public static Arbitrary<ExpressionCase> On(long[][] shapes, int depth) => Arb.From(
        from expression in Node(depth)
        from shape in Gen.Elements(shapes)
        from seed in Gen.Choose(0, 1_000_000)
        select new ExpressionCase(expression, new TensorShape(shape), seed));

    static Gen<Expression> Leaf() => Gen.Frequency(
        (6, Gen.Choose(0, ExpressionCase.InputCount - 1).Select(index => new Expression(Operator.Input, index))),
        (1, Gen.Choose(-3, 3).Select(value => new Expression(Operator.Constant, value / 2.0))));

    static Gen<Expression> Node(int depth) => depth == 0 ? Leaf() : Gen.Frequency(
        (1, Leaf()),
        (3, Of(Singles, Gen.Elements(0.3, -1.5, 2, 1), 1, depth)),
        (5, Of(Pairs, Gen.Constant(0.0), 2, depth)),
        (4, Of(Selections, Gen.Elements(0, 1e-4, 0.1, 0.37, 0.5, 0.9, 1, 1.5), 1, depth)),
        (4, Gen.Choose(1, 4).SelectMany(count => Of(Sums, Gen.Elements(1, 0.7, -0.3, 2), count, depth))));

    static Gen<Expression> Of(Operator[] operators, Gen<double> numbers, int count, int depth) =>
        from chosen in Gen.Elements(operators)
        from number in numbers
        from first in Node(depth - 1)
        from others in Gen.Frequency((3, Node(depth - 1)), (1, Gen.Constant(first))).ArrayOf(count - 1)
        select new Expression(chosen, number, [first, .. others]);
}
