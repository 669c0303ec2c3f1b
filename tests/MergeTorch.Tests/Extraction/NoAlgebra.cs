using System.Numerics;
using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests.Extraction;

/// <summary>Something to plan with.</summary>
sealed class NoAlgebra : ILinearAlgebra
{
    public string Identity => "none 1";

    public long SvdBytes(long rows, long columns, int elementSize) => rows * columns * elementSize;

    public void Multiply<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> product) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void SingularValues<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Svd<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void SymmetricEigen<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, MatrixSpan<T> vectors) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Qr<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void Cholesky<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> lower) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();

    public void LeastSquares<T>(ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
