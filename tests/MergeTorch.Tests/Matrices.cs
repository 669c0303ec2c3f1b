using System.Numerics;
using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests;

/// <summary>Every decomposition gives its matrix back, in both types and for wide and tall matrices.</summary>
public abstract class Matrices<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 3, 3 }, { 7, 4 }, { 4, 7 }, { 1, 5 }, { 64, 17 }, { 17, 64 } };

    static T[] Identity(int count) => Numbers.Diagonal(Enumerable.Repeat(T.One, count).ToArray());

    [SkippableTheory, MemberData(nameof(Shapes))]
    public void ProductIsThatOfPlainLoops(int rows, int columns)
    {
        ILinearAlgebra algebra = TorchFixture.LinearAlgebra;
        T[] left = Numbers.Random<T>(rows * columns, 1), right = Numbers.Random<T>(columns * 5, 2), product = new T[rows * 5];
        algebra.Multiply<T>(left.As(rows, columns), right.As(columns, 5), product.As(rows, 5));
        Numbers.AreClose(Numbers.Times(left, right, rows, columns, 5), product);
    }

    [SkippableTheory, MemberData(nameof(Shapes))]
    public void SvdGivesTheMatrixBackWithFixedSigns(int rows, int columns)
    {
        ILinearAlgebra algebra = TorchFixture.LinearAlgebra;
        int count = Math.Min(rows, columns);
        T[] matrix = Numbers.Random<T>(rows * columns, 3), left = new T[rows * count], values = new T[count], right = new T[count * columns];
        algebra.Svd<T>(matrix.As(rows, columns), left.As(rows, count), values, right.As(count, columns));
        Numbers.AreClose(matrix, Numbers.Times(Numbers.Times(left, Numbers.Diagonal(values), rows, count, count), right, rows, count, columns));
        Numbers.AreClose(Identity(count), Numbers.Times(Numbers.Transposed(left, rows, count), left, count, rows, count));
        Assert.Equal(values.OrderDescending(), values);
        for (int j = 0; j < count; j++) Assert.True(Enumerable.Range(0, rows).Select(i => left[i * count + j]).MaxBy(T.Abs) > T.Zero);
        T[] only = new T[count];
        algebra.SingularValues<T>(matrix.As(rows, columns), only);
        Numbers.AreClose(values, only);
    }

    [SkippableFact]
    public void LeadingPartOfAnSvdIsThatOfTheWhole()
    {
        ILinearAlgebra algebra = TorchFixture.LinearAlgebra;
        T[] matrix = Numbers.Random<T>(9 * 6, 4), left = new T[9 * 6], values = new T[6], right = new T[6 * 6], left2 = new T[9 * 2], values2 = new T[2], right2 = new T[2 * 6];
        algebra.Svd<T>(matrix.As(9, 6), left.As(9, 6), values, right.As(6, 6));
        algebra.Svd<T>(matrix.As(9, 6), left2.As(9, 2), values2, right2.As(2, 6));
        Assert.Equal(values[..2], values2);
        Assert.Equal(right[..12], right2);
        Assert.Equal(Enumerable.Range(0, 9).SelectMany(i => left[(i * 6)..(i * 6 + 2)]), left2);
    }

    [SkippableFact]
    public void EigenvectorsGiveTheMatrixBack()
    {
        T[] half = Numbers.Random<T>(12 * 12, 5), matrix = Numbers.Times(half, Numbers.Transposed(half, 12, 12), 12, 12, 12), values = new T[12], vectors = new T[144];
        TorchFixture.LinearAlgebra.SymmetricEigen<T>(matrix.As(12, 12), values, vectors.As(12, 12));
        Assert.Equal(values.Order(), values);
        Numbers.AreClose(matrix, Numbers.Times(Numbers.Times(vectors, Numbers.Diagonal(values), 12, 12, 12), Numbers.Transposed(vectors, 12, 12), 12, 12, 12));
    }

    [SkippableTheory, MemberData(nameof(Shapes))]
    public void QrGivesTheMatrixBackWithADiagonalThatIsNotNegative(int rows, int columns)
    {
        int count = Math.Min(rows, columns);
        T[] matrix = Numbers.Random<T>(rows * columns, 6), q = new T[rows * count], r = new T[count * columns];
        TorchFixture.LinearAlgebra.Qr<T>(matrix.As(rows, columns), q.As(rows, count), r.As(count, columns));
        Numbers.AreClose(matrix, Numbers.Times(q, r, rows, count, columns));
        for (int i = 0; i < count; i++)
        {
            Assert.True(r[i * columns + i] >= T.Zero);
            Assert.All(r[(i * columns)..(i * columns + i)], value => Assert.Equal(T.Zero, value));
        }
    }

    [SkippableFact]
    public void CholeskyOfAProductIsItsFactor()
    {
        // By hand: [2 0; 1 3] · [2 1; 0 3] = [4 2; 2 10].
        T[] lower = new T[4];
        TorchFixture.LinearAlgebra.Cholesky<T>(new[] { 4, 2, 2, 10 }.Select(T.CreateChecked).ToArray().As(2, 2), lower.As(2, 2));
        Numbers.AreClose(new[] { 2, 0, 1, 3 }.Select(T.CreateChecked).ToArray(), lower);
    }

    [SkippableFact]
    public void CholeskyOfAnIndefiniteMatrixFails() => Assert.Throws<LinearAlgebraException>(() =>
        TorchFixture.LinearAlgebra.Cholesky<T>(new[] { 1, 2, 2, 1 }.Select(T.CreateChecked).ToArray().As(2, 2), new T[4].As(2, 2)));

    [SkippableFact]
    public void LeastSquaresOfADeficientMatrixIsTheShortest()
    {
        // By hand: both columns equal, so x1 + x2 = 3 fits best (mean of 2 and 4), and the shortest is 1.5, 1.5.
        T[] x = new T[2];
        TorchFixture.LinearAlgebra.LeastSquares<T>(new[] { 1, 1, 1, 1 }.Select(T.CreateChecked).ToArray().As(2, 2), new[] { 2, 4 }.Select(T.CreateChecked).ToArray().As(2, 1), x.As(2, 1));
        Numbers.AreClose([T.CreateChecked(1.5), T.CreateChecked(1.5)], x);
    }

    [SkippableFact]
    public void InfinityHasNoSvd() => Assert.Throws<LinearAlgebraException>(() =>
        TorchFixture.LinearAlgebra.SingularValues<T>(new[] { T.PositiveInfinity, T.One, T.One, T.One }.As(2, 2), new T[2]));

    [SkippableFact]
    public void ShapesThatDoNotFitAreRefused() => Assert.Throws<ArgumentException>(() =>
        TorchFixture.LinearAlgebra.Multiply<T>(new T[6].As(2, 3), new T[6].As(2, 3), new T[4].As(2, 2)));
}

public sealed class Float32Matrices : Matrices<float>;

public sealed class Float64Matrices : Matrices<double>;
