namespace MergeEngine.Tests.Expressions;

/// <summary>A node of a random expression. <see cref="LazyReading"/> makes it the engine's tensor, <see cref="PlainReading"/> computes it array by array.</summary>
/// <param name="Operator">What is done.</param>
/// <param name="Number">A number that it takes: a factor, a density, the index of an input.</param>
/// <param name="Operands">What it is done to.</param>
public sealed record Expression(Operator Operator, double Number, params Expression[] Operands)
{
    public override string ToString() => $"{Operator}({string.Join(", ", [$"{Number:R}", .. Operands.Select(operand => operand.ToString())])})";
}

public enum Operator
{
    Input,
    Constant,
    Add,
    Subtract,
    Multiply,

    /// <summary>x / (|y| + 1), which stays finite.</summary>
    Quotient,
    Absolute,
    Scale,
    DivideBy,
    AddScalar,
    WeightedSum,
    SignOfSum,
    DisjointSum,
    DisjointMean,
    KeepLargest,
    KeepRandom,
    RescaledToL1NormOf,

    /// <summary>x divided by 1 + its norm.</summary>
    DivideByNorm,

    /// <summary>x · y's sum / (1 + (x · y)²).</summary>
    ScaleByDot,

    /// <summary>Each row of x divided by 1 + |row of x · row of y|.</summary>
    ScaleRows,

    /// <summary>Each column of x divided by 1 + |column of x · column of y|.</summary>
    ScaleColumns,
    Clamp,

    /// <summary>x where y is at least x's magnitude of a rank.</summary>
    KeepFrom,
    KeepWhere,
    KeepRanks,

    /// <summary>x with probabilities from its ranks along the second axis.</summary>
    KeepRandomByRank,
    Ranks,
    Variance,

    /// <summary>Factors from the counts of overlaps.</summary>
    OverlapSum,

    /// <summary>x divided by 1 + the number of y's elements that are not zero.</summary>
    DivideByNonzeros,

    /// <summary>Each row of x times the divergence of its softmax from that of y's row.</summary>
    ScaleByDivergence,
}
