using System.Numerics;

namespace MergeEngine.LinearAlgebra;

/// <summary>Fixes the signs that a decomposition leaves open, so that files do not depend on what a library happens to do.</summary>
/// <remarks>Source: specs/methods-b.md 0.4. Equal singular values leave more than signs open; nothing fixes that.</remarks>
public static class VectorSigns
{
    /// <summary>Makes the entry of largest magnitude of each left vector positive (of equal ones the first), and turns the right vector with it.</summary>
    /// <param name="left">m × k: vectors in the columns.</param>
    /// <param name="right">k × n: their partners in the rows.</param>
    public static void Fix<T>(MatrixSpan<T> left, MatrixSpan<T> right) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool[] turned = Turned<T>(left);
        TurnColumns(left, turned);
        TurnRows(right, turned);
    }

    /// <summary>The same for vectors without partners.</summary>
    /// <param name="vectors">m × k: vectors in the columns.</param>
    public static void Fix<T>(MatrixSpan<T> vectors) where T : unmanaged, IBinaryFloatingPointIeee754<T> => TurnColumns(vectors, Turned<T>(vectors));

    /// <summary>Makes the diagonal of r not negative; the product q · r stays.</summary>
    public static void FixDiagonal<T>(MatrixSpan<T> q, MatrixSpan<T> r) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var turned = new bool[r.Rows];
        for (int i = 0; i < turned.Length; i++) turned[i] = r.Row(i)[i] < T.Zero;
        TurnColumns(q, turned);
        TurnRows(r, turned);
    }

    static bool[] Turned<T>(ReadOnlyMatrixSpan<T> vectors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var largest = new T[vectors.Columns];
        for (int i = 0; i < vectors.Rows; i++)
        {
            ReadOnlySpan<T> row = vectors.Row(i);
            for (int j = 0; j < row.Length; j++)
                if (T.Abs(row[j]) > T.Abs(largest[j])) largest[j] = row[j];
        }
        return Array.ConvertAll(largest, value => value < T.Zero);
    }

    static void TurnColumns<T>(MatrixSpan<T> matrix, bool[] turned) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            Span<T> row = matrix.Row(i);
            for (int j = 0; j < row.Length; j++)
                if (turned[j]) row[j] = -row[j];
        }
    }

    static void TurnRows<T>(MatrixSpan<T> matrix, bool[] turned) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            if (!turned[i]) continue;
            foreach (ref T value in matrix.Row(i)) value = -value;
        }
    }
}
