using MergeEngine.Checkpoints;

namespace MergeEngine.Planning;

/// <summary>A matrix whose elements lie at regular places of a stored tensor: all of it, its transpose, some of its rows.</summary>
/// <param name="Model">Whose it is, for messages.</param>
/// <param name="Info">The tensor.</param>
/// <param name="Start">Place of the first element in the tensor, in elements.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="RowStride">From an element to the one below it.</param>
/// <param name="ColumnStride">From an element to the one right of it.</param>
sealed record StoredMatrix(string Model, TensorInfo Info, long Start, int Rows, int Columns, long RowStride, long ColumnStride)
{
    public int Count => checked(Rows * Columns);

    public long HeldBytes => (long)Rows * Columns * sizeof(float);

    /// <summary>All of a tensor; the first axis counts rows, the others columns.</summary>
    public static StoredMatrix Of(string model, TensorInfo info)
    {
        int rows = checked((int)info.Shape[0]), columns = rows == 0 ? 0 : checked((int)(info.Shape.Count / rows));
        return new(model, info, 0, rows, columns, columns, 1);
    }

    public StoredMatrix Transposed() => this with { Rows = Columns, Columns = Rows, RowStride = ColumnStride, ColumnStride = RowStride };

    /// <summary>Every <paramref name="step"/>-th row from one on.</summary>
    public StoredMatrix Take(int first, int count, int step = 1) => this with { Start = Start + first * RowStride, Rows = count, RowStride = RowStride * step };

    /// <summary>All that its numbers depend on.</summary>
    public string KeyLine(Func<TensorInfo, string> digest) =>
        $"{Info.Dtype} {Info.Shape} {digest(Info)} from {Start} {Rows}x{Columns} steps {RowStride} {ColumnStride}";
}
