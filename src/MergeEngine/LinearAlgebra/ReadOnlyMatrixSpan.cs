namespace MergeEngine.LinearAlgebra;

/// <summary>A matrix in memory that somebody else owns, to be read: row after row, element (i, j) at i · columns + j.</summary>
public readonly ref struct ReadOnlyMatrixSpan<T>
{
    /// <inheritdoc cref="MatrixSpan{T}(Span{T}, int, int)"/>
    public ReadOnlyMatrixSpan(ReadOnlySpan<T> values, int rows, int columns)
    {
        if (rows < 0 || columns < 0 || values.Length != (long)rows * columns) throw new ArgumentException($"{values.Length} values are no {rows} x {columns} matrix.", nameof(values));
        Values = values;
        (Rows, Columns) = (rows, columns);
    }

    public ReadOnlySpan<T> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlySpan<T> Row(int row) => Values.Slice(row * Columns, Columns);
}
