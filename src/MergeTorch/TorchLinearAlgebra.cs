using System.Numerics;
using MergeEngine.LinearAlgebra;

namespace MergeTorch;

/// <summary>Linear algebra by LibTorch (LAPACK and BLAS of Intel MKL) on the processor, one thread for each call.</summary>
public sealed unsafe class TorchLinearAlgebra(TorchLibrary torch) : ILinearAlgebra
{
    const string NotConverged = "no singular values or eigenvalues were found; it may hold NaN or infinity";

    static readonly TorchOperator Product = new("aten::mm", "the product could not be computed");
    static readonly TorchOperator ThinSvd = new("aten::linalg_svd", NotConverged);
    static readonly TorchOperator Values = new("aten::linalg_svdvals", NotConverged);
    static readonly TorchOperator Eigen = new("aten::linalg_eigh", NotConverged);
    static readonly TorchOperator ThinQr = new("aten::linalg_qr", "the QR decomposition could not be computed");
    static readonly TorchOperator Factor = new("aten::linalg_cholesky_ex", "the Cholesky decomposition could not be computed");
    static readonly TorchOperator Solve = new("aten::linalg_lstsq", "the least squares problem could not be solved");

    public string Identity { get; } = $"libtorch {TorchLibrary.Version} cpu threads 1 {ProcessorFeatures.Name}";

    /// <remarks>The library's copy of the matrix, both sets of vectors, and LAPACK's workspace, of which the last was measured.</remarks>
    public long SvdBytes(long rows, long columns, int elementSize)
    {
        long count = Math.Min(rows, columns);
        return checked(elementSize * (rows * columns + (rows + columns) * count + 6 * count * count) + (1 << 20));
    }

    public void Multiply<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> product) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(left.Columns == right.Rows && product.Rows == left.Rows && product.Columns == right.Columns);
        using var a = new AlignedCopy<T>(left.Values);
        using var b = new AlignedCopy<T>(right.Values);
        Span<ulong> stack = [Over(a.Address, left), Over(b.Address, right)];
        Product.Call(torch, stack);
        using TorchTensor result = new(torch, stack[0]);
        result.CopyTo(product);
    }

    public void SingularValues<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(values.Length == Math.Min(matrix.Rows, matrix.Columns));
        if (values.IsEmpty) return;
        fixed (T* first = matrix.Values)
        {
            Span<ulong> stack = [Over(first, matrix), TorchOperator.None];
            Values.Call(torch, stack);
            using TorchTensor result = new(torch, stack[0]);
            result.CopyTo(values);
        }
        CheckFinite<T>(values);
    }

    public void Svd<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(values.Length <= Math.Min(matrix.Rows, matrix.Columns)
            && left.Rows == matrix.Rows && left.Columns == values.Length && right.Rows == values.Length && right.Columns == matrix.Columns);
        if (values.IsEmpty) return;
        fixed (T* first = matrix.Values)
        {
            Span<ulong> stack = [Over(first, matrix), 0, TorchOperator.None];
            ThinSvd.Call(torch, stack);
            using TorchTensor u = new(torch, stack[0]), s = new(torch, stack[1]), v = new(torch, stack[2]);
            u.CopyTo(left);
            s.CopyTo(values);
            v.CopyTo(right);
        }
        CheckFinite<T>(values);
        VectorSigns.Fix(left, right);
    }

    public void SymmetricEigen<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, MatrixSpan<T> vectors) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = matrix.Rows;
        Check<T>(matrix.Columns == count && values.Length == count && vectors.Rows == count && vectors.Columns == count);
        if (count == 0) return;
        fixed (T* first = matrix.Values)
        {
            Span<ulong> stack = [Over(first, matrix), TorchOperator.Text(torch, "L"u8)];
            Eigen.Call(torch, stack);
            using TorchTensor found = new(torch, stack[0]), v = new(torch, stack[1]);
            found.CopyTo(values);
            v.CopyTo(vectors);
        }
        CheckFinite<T>(values);
        VectorSigns.Fix(vectors);
    }

    public void Qr<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = Math.Min(matrix.Rows, matrix.Columns);
        Check<T>(q.Rows == matrix.Rows && q.Columns == count && r.Rows == count && r.Columns == matrix.Columns);
        if (count == 0) return;
        fixed (T* first = matrix.Values)
        {
            Span<ulong> stack = [Over(first, matrix), TorchOperator.Text(torch, "reduced"u8)];
            ThinQr.Call(torch, stack);
            using TorchTensor left = new(torch, stack[0]), right = new(torch, stack[1]);
            left.CopyTo(q);
            right.CopyTo(r);
        }
        VectorSigns.FixDiagonal(q, r);
    }

    public void Cholesky<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> lower) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(matrix.Columns == matrix.Rows && lower.Rows == matrix.Rows && lower.Columns == matrix.Rows);
        if (matrix.Rows == 0) return;
        fixed (T* first = matrix.Values)
        {
            // Of the two booleans, false is the lower triangle and no exception: the second result says where it failed.
            Span<ulong> stack = [Over(first, matrix), 0, 0];
            Factor.Call(torch, stack);
            using TorchTensor result = new(torch, stack[0]), failedAt = new(torch, stack[1]);
            if (failedAt.FirstInt32 != 0) throw new LinearAlgebraException("it is not positive definite");
            result.CopyTo(lower);
        }
    }

    public void LeastSquares<T>(ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check<T>(right.Rows == matrix.Rows && x.Rows == matrix.Columns && x.Columns == right.Columns);
        if (x.Values.IsEmpty) return;
        fixed (T* a = matrix.Values)
        fixed (T* b = right.Values)
        {
            Span<ulong> stack = [Over(a, matrix), Over(b, right), TorchOperator.None, TorchOperator.Some(TorchOperator.Text(torch, "gelsd"u8))];
            Solve.Call(torch, stack);
            using TorchTensor result = new(torch, stack[0]), residuals = new(torch, stack[1]), rank = new(torch, stack[2]), values = new(torch, stack[3]);
            result.CopyTo(x);
        }
    }

    ulong Over<T>(T* first, ReadOnlyMatrixSpan<T> matrix) where T : unmanaged => TorchTensor.Over(torch, first, matrix.Rows, matrix.Columns).Handle;

    /// <summary>LAPACK gives NaN for a matrix that holds NaN or infinity.</summary>
    static void CheckFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
            if (!T.IsFinite(value)) throw new LinearAlgebraException(NotConverged);
    }

    static void Check<T>(bool fits)
    {
        if (!fits) throw new ArgumentException("The shapes do not fit.");
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double)) throw new ArgumentException($"Elements are float32 or float64, not {typeof(T).Name}.");
    }
}
