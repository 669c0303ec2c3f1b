namespace MergeEngine.LinearAlgebra;

/// <summary>A matrix in memory that somebody else owns, to be written: row after row, element (i, j) at i · columns + j.</summary>
public readonly ref struct MatrixSpan<T>
{
    /// <exception cref="ArgumentException">The number of values is not rows · columns.</exception>
    public MatrixSpan(Span<T> values, int rows, int columns)
    {
        if (rows < 0 || columns < 0 || values.Length != (long)rows * columns) throw new ArgumentException($"{values.Length} values are no {rows} x {columns} matrix.", nameof(values));
        Values = values;
        (Rows, Columns) = (rows, columns);
    }

    public Span<T> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    public Span<T> Row(int row) => Values.Slice(row * Columns, Columns);

    public static implicit operator ReadOnlyMatrixSpan<T>(MatrixSpan<T> matrix) => new(matrix.Values, matrix.Rows, matrix.Columns);
}
