using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Execution;

/// <summary>Small matrices that a step reads whole before its passes, each once; counted as memory until the step is done.</summary>
sealed class HeldMatrices(MergeRun run, Scheduler.Worker worker) : IDisposable
{
    /// <summary>Elements that are read and decoded at a time.</summary>
    const int PieceCount = 1 << 12;

    readonly List<(StoredMatrix[] Matrices, float[] Elements)> held = [];

    /// <summary>The matrices row by row, one after the other, as float32.</summary>
    /// <exception cref="MergeException">MRG0209, MRG0304.</exception>
    public float[] Load(StoredMatrix[] matrices)
    {
        if (held.Find(entry => entry.Matrices.SequenceEqual(matrices)) is { Elements: { } known }) return known;
        var elements = GC.AllocateUninitializedArray<float>(checked(matrices.Sum(matrix => matrix.Count)));
        worker.Account.Add((long)elements.Length * sizeof(float));
        held.Add((matrices, elements));
        int start = 0;
        foreach (StoredMatrix matrix in matrices)
        {
            Load(matrix, elements.AsSpan(start, matrix.Count));
            start += matrix.Count;
        }
        return elements;
    }

    public void Dispose()
    {
        foreach (var (_, elements) in held) worker.Account.Add(-(long)elements.Length * sizeof(float));
        held.Clear();
    }

    void Load(StoredMatrix matrix, Span<float> destination)
    {
        if (matrix.Count == 0) return;
        long end = matrix.Start + (matrix.Rows - 1) * matrix.RowStride + (matrix.Columns - 1) * matrix.ColumnStride + 1;
        int size = matrix.Info.Dtype.Size();
        worker.Workspace.Divide(PieceCount, PieceCount * size, 0);
        for (long first = matrix.Start; first < end; first += PieceCount)
        {
            int count = (int)Math.Min(PieceCount, end - first);
            var piece = worker.Workspace.Registers[..count];
            var bytes = worker.Workspace.Stored[..(count * size)];
            run.Read(matrix.Info, first * size, bytes);
            run.Kernels.Decode(matrix.Info.Dtype, bytes, piece);
            Check(matrix, first, piece);
            Scatter(matrix, first - matrix.Start, piece, destination);
        }
    }

    void Check(StoredMatrix matrix, long first, ReadOnlySpan<float> piece)
    {
        if (run.AllowNonFinite || !run.Kernels.AnyNonFinite(piece)) return;
        int index = 0;
        while (float.IsFinite(piece[index])) index++;
        throw new MergeException(Errors.NonFinite(matrix.Info, matrix.Model, first + index, piece[index]));
    }

    /// <param name="first">Place of the piece's first element, counted from the matrix's first.</param>
    static void Scatter(StoredMatrix matrix, long first, ReadOnlySpan<float> piece, Span<float> destination)
    {
        bool byRows = matrix.Columns == 1 || (matrix.Rows > 1 && matrix.RowStride > matrix.ColumnStride);
        var (outerStride, innerStride, inners) = byRows ? (matrix.RowStride, matrix.ColumnStride, matrix.Columns) : (matrix.ColumnStride, matrix.RowStride, matrix.Rows);
        for (int i = 0; i < piece.Length; i++)
        {
            var (outer, rest) = Math.DivRem(first + i, outerStride);
            var (inner, between) = Math.DivRem(rest, innerStride);
            if (between != 0 || inner >= inners) continue;
            long place = byRows ? outer * matrix.Columns + inner : inner * matrix.Columns + outer;
            destination[(int)place] = piece[i];
        }
    }
}
