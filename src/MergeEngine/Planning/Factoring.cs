using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.LinearAlgebra;

namespace MergeEngine.Planning;

/// <summary>How a step's matrix is written: as two thin ones, A and B, whose product B · A it is, or nearly.</summary>
/// <param name="Module">The module that the matrix is the weight of.</param>
/// <param name="FirstName">Name of A.</param>
/// <param name="SecondName">Name of B.</param>
/// <param name="Rank">Rows of A, columns of B; the most that they may be while <see cref="IsRankOpen"/>.</param>
public sealed record Factoring(string Module, string FirstName, string SecondName, int Rank)
{
    /// <summary>B · A is the transposed matrix: embeddings, and weights that are stored input first.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>A and B get the roots of the singular values; else A gets the singular values.</summary>
    public bool IsDistributed { get; init; } = true;

    /// <summary>Singular values up to this are dropped, if it is not 0.</summary>
    public double Epsilon { get; init; }

    /// <summary>Share of the sum of squared singular values to keep; 1: no limit.</summary>
    public double Energy { get; init; } = 1;

    /// <summary>The rank depends on the numbers.</summary>
    public bool IsRankOpen => Epsilon > 0 || Energy < 1;

    /// <summary>Everything else as one line of an action key.</summary>
    internal string KeyLine => string.Create(CultureInfo.InvariantCulture,
        $"factors of rank {Rank} transposed {IsTransposed} distributed {IsDistributed} epsilon {Epsilon:R} energy {Energy:R}");

    /// <summary>The rank that these singular values give: at least 1, so that every module has factors.</summary>
    /// <param name="values">Largest first.</param>
    public int RankOf(ReadOnlySpan<float> values)
    {
        int rank = Math.Min(Rank, values.Length);
        while (Epsilon > 0 && rank > 1 && values[rank - 1] <= Epsilon) rank--;
        if (Energy >= 1) return rank;
        double all = 0, kept = 0;
        foreach (float value in values) all += (double)value * value;
        int enough = 0;
        while (enough < rank && kept < Energy * all) kept += (double)values[enough] * values[enough++];
        return Math.Max(1, enough);
    }

    /// <summary>The same with the rank that the numbers gave.</summary>
    public Factoring Measured(int rank) => this with { Rank = rank, Epsilon = 0, Energy = 1 };

    /// <summary>A, then B. Further extents (of convolutions) stay with A.</summary>
    /// <param name="shape">Of the matrix as it is stored, rank 2 at least.</param>
    public IReadOnlyList<StepOutput> Outputs(TensorShape shape, Dtype dtype)
    {
        var (rows, columns) = SizeOf(shape);
        return IsTransposed
            ? [new(FirstName, dtype, new TensorShape(Rank, rows)), new(SecondName, dtype, new TensorShape(columns, Rank))]
            : [new(FirstName, dtype, new TensorShape([Rank, .. shape.Extents[1..]])), new(SecondName, dtype, new TensorShape([rows, Rank, .. shape.Extents[2..].Select(_ => 1L)]))];
    }

    /// <summary>Bytes that computing it needs at a time: the matrix, what the library takes, both factors in either order.</summary>
    public long Bytes(TensorShape shape, ILinearAlgebra algebra)
    {
        var (rows, columns) = SizeOf(shape);
        return checked(sizeof(float) * (rows * columns + 2 * (rows + columns) * Rank) + algebra.SvdBytes(rows, columns, sizeof(float)));
    }

    /// <summary>Rows and columns of a tensor as a matrix: the first extent, and all others.</summary>
    public static (long Rows, long Columns) SizeOf(TensorShape shape) => (shape[0], shape[0] == 0 ? 0 : shape.Count / shape[0]);
}
