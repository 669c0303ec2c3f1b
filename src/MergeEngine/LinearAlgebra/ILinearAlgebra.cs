using System.Numerics;

namespace MergeEngine.LinearAlgebra;

/// <summary>What methods that need whole matrices get from a library of linear algebra.</summary>
/// <remarks>
/// <para>Elements are float32 or float64 and are computed with as such. Matrices are row-major; sources first, destinations last, which share no memory with them.
/// All members may be called by several threads at a time.</para>
/// <para>Results are the same for the same <see cref="Identity"/> and may differ in their last bits for another. Signs that mathematics leaves open are fixed:
/// see <see cref="VectorSigns"/>.</para>
/// </remarks>
public interface ILinearAlgebra
{
    /// <summary>Library, version, device, threads and processor features, on one line: part of the action key of whatever is computed with it.</summary>
    string Identity { get; }

    /// <summary>Bytes that <see cref="Svd"/> and <see cref="SingularValues"/> hold beside their operands.</summary>
    /// <param name="elementSize">4 or 8.</param>
    long SvdBytes(long rows, long columns, int elementSize);

    /// <summary>product = left · right.</summary>
    /// <param name="left">m × n.</param>
    /// <param name="right">n × p.</param>
    /// <param name="product">m × p.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; also of all other members.</exception>
    void Multiply<T>(ReadOnlyMatrixSpan<T> left, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> product) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The singular values, largest first.</summary>
    /// <param name="matrix">m × n.</param>
    /// <param name="values">min(m, n) numbers.</param>
    /// <exception cref="LinearAlgebraException">The matrix has NaN or infinity, or the iteration did not converge.</exception>
    void SingularValues<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The thin singular value decomposition, or its leading part: matrix = left · diag(values) · right if all min(m, n) are asked for.</summary>
    /// <param name="matrix">m × n.</param>
    /// <param name="left">m × k, orthonormal columns; k at most min(m, n).</param>
    /// <param name="values">The k largest singular values, largest first.</param>
    /// <param name="right">k × n, orthonormal rows.</param>
    /// <exception cref="LinearAlgebraException">The matrix has NaN or infinity, or the iteration did not converge.</exception>
    void Svd<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> left, Span<T> values, MatrixSpan<T> right) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>matrix = vectors · diag(values) · vectorsᵀ.</summary>
    /// <param name="matrix">n × n, symmetric; only the lower triangle is read.</param>
    /// <param name="values">n eigenvalues, smallest first.</param>
    /// <param name="vectors">n × n, an eigenvector in each column.</param>
    /// <exception cref="LinearAlgebraException">The iteration did not converge.</exception>
    void SymmetricEigen<T>(ReadOnlyMatrixSpan<T> matrix, Span<T> values, MatrixSpan<T> vectors) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>matrix = q · r, with no negative number on the diagonal of r.</summary>
    /// <param name="matrix">m × n.</param>
    /// <param name="q">m × min(m, n), orthonormal columns.</param>
    /// <param name="r">min(m, n) × n, zero below the diagonal.</param>
    void Qr<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> q, MatrixSpan<T> r) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>matrix = lower · lowerᵀ.</summary>
    /// <param name="matrix">n × n, symmetric and positive definite; only the lower triangle is read.</param>
    /// <param name="lower">n × n, zero above the diagonal.</param>
    /// <exception cref="LinearAlgebraException">The matrix is not positive definite.</exception>
    void Cholesky<T>(ReadOnlyMatrixSpan<T> matrix, MatrixSpan<T> lower) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The x of least |matrix · x − right|, and of those the one of least |x|: also where the matrix has not full rank.</summary>
    /// <param name="matrix">m × n.</param>
    /// <param name="right">m × p.</param>
    /// <param name="x">n × p.</param>
    /// <remarks>By SVD; singular values below the precision of T · max(m, n) · the largest one count as zero.</remarks>
    /// <exception cref="LinearAlgebraException">The iteration did not converge.</exception>
    void LeastSquares<T>(ReadOnlyMatrixSpan<T> matrix, ReadOnlyMatrixSpan<T> right, MatrixSpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
