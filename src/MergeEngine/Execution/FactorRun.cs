using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.LinearAlgebra;
using MergeEngine.Planning;

namespace MergeEngine.Execution;

/// <summary>Makes the two factors of one step: the matrix whole in memory, its singular vectors, then A and B.</summary>
/// <param name="run">What all steps share; has linear algebra.</param>
/// <param name="step">One with a factoring.</param>
/// <param name="evaluate">Computes the step's numbers.</param>
sealed class FactorRun(MergeRun run, MergeStep step, MemoryAccount account, Action<BlockOutput> evaluate)
{
    readonly Factoring factoring = step.Factoring!;
    readonly int rows = (int)Factoring.SizeOf(step.Shape).Rows, columns = (int)Factoring.SizeOf(step.Shape).Columns;

    /// <summary>The rank that the numbers give; a pass of its own, so that all places in the output are known before anything is written.</summary>
    public int MeasureRank()
    {
        using NativeBuffer matrix = Matrix();
        using var values = new NativeBuffer(Math.Min(rows, columns), account);
        Try(() => run.LinearAlgebra!.SingularValues<float>(new(matrix.Values, rows, columns), values.Values));
        return factoring.RankOf(values.Values);
    }

    /// <param name="write">Gets A and B as 0 and 1: output, offset in bytes, bytes.</param>
    /// <returns>Digests of A and B.</returns>
    public string[] Run(Action<int, long, ReadOnlySpan<byte>> write)
    {
        int rank = factoring.Rank;
        using NativeBuffer left = new(rows * (long)rank, account), right = new(rank * (long)columns, account), values = new(rank, account);
        using (NativeBuffer matrix = Matrix())
            Try(() => run.LinearAlgebra!.Svd<float>(new(matrix.Values, rows, columns), new(left.Values, rows, rank), values.Values, new(right.Values, rank, columns)));
        return factoring.IsTransposed ? Turned(left, values.Values, right, write) : Written(left, rows, values.Values, right, columns, write);
    }

    NativeBuffer Matrix()
    {
        var matrix = new NativeBuffer(step.Shape.Count, account);
        evaluate(new BlockOutput(Dtype.F32, step.Shape.Count, (offset, bytes) =>
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(matrix.Values[(int)(offset / sizeof(float))..])));
        return matrix;
    }

    /// <summary>Of the transposed matrix the left vectors are the right ones, and their signs are fixed anew.</summary>
    string[] Turned(NativeBuffer left, ReadOnlySpan<float> values, NativeBuffer right, Action<int, long, ReadOnlySpan<byte>> write)
    {
        using NativeBuffer newLeft = new(columns * (long)factoring.Rank, account), newRight = new(factoring.Rank * (long)rows, account);
        Transpose(right.Values, factoring.Rank, columns, newLeft.Values);
        Transpose(left.Values, rows, factoring.Rank, newRight.Values);
        VectorSigns.Fix<float>(new(newLeft.Values, columns, factoring.Rank), new(newRight.Values, factoring.Rank, rows));
        return Written(newLeft, columns, values, newRight, rows, write);
    }

    string[] Written(NativeBuffer left, int leftRows, ReadOnlySpan<float> values, NativeBuffer right, int rightColumns, Action<int, long, ReadOnlySpan<byte>> write)
    {
        Scale(new(left.Values, leftRows, values.Length), new(right.Values, values.Length, rightColumns), values);
        return [Write(0, right.Values, write), Write(1, left.Values, write)];
    }

    void Scale(MatrixSpan<float> left, MatrixSpan<float> right, ReadOnlySpan<float> values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            float factor = factoring.IsDistributed ? MathF.Sqrt(values[k]) : values[k];
            foreach (ref float value in right.Row(k)) value *= factor;
        }
        for (int i = 0; factoring.IsDistributed && i < left.Rows; i++)
        {
            Span<float> row = left.Row(i);
            for (int k = 0; k < row.Length; k++) row[k] *= MathF.Sqrt(values[k]);
        }
    }

    string Write(int index, ReadOnlySpan<float> values, Action<int, long, ReadOnlySpan<byte>> write)
    {
        var output = new BlockOutput(step.Dtype, values.Length, (offset, bytes) => write(index, offset, bytes));
        byte[] block = new byte[PassGeometry.BlockSize * step.Dtype.Size()];
        for (int start = 0; start < values.Length; start += PassGeometry.BlockSize)
        {
            ReadOnlySpan<float> part = values.Slice(start, Math.Min(PassGeometry.BlockSize, values.Length - start));
            Span<byte> bytes = block.AsSpan(0, part.Length * step.Dtype.Size());
            run.Kernels.Encode(step.Dtype, part, bytes);
            output.Write(start / PassGeometry.BlockSize, bytes);
        }
        return output.Digest.Finish();
    }

    void Try(Action compute)
    {
        try
        {
            compute();
        }
        catch (LinearAlgebraException e)
        {
            throw new MergeException(Errors.NotFactored(step.Sources[^1].Tensor, e.Message));
        }
    }

    static void Transpose(ReadOnlySpan<float> source, int rows, int columns, Span<float> destination)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) destination[j * rows + i] = source[i * columns + j];
    }
}
