using System.Numerics;
using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests;

/// <summary>Small matrices and plain arithmetic to hold results against.</summary>
static class Numbers
{
    /// <summary>Uniform in [-1, 1), always the same for a seed.</summary>
    public static T[] Random<T>(int count, int seed) where T : INumber<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.NextDouble() * 2 - 1))];
    }

    /// <summary>left · right in plain loops.</summary>
    public static T[] Times<T>(T[] left, T[] right, int rows, int inner, int columns) where T : INumber<T>
    {
        var product = new T[rows * columns];
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < inner; k++)
                for (int j = 0; j < columns; j++) product[i * columns + j] += left[i * inner + k] * right[k * columns + j];
        return product;
    }

    public static T[] Transposed<T>(T[] matrix, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(j => Enumerable.Range(0, rows).Select(i => matrix[i * columns + j]))];

    public static T[] Diagonal<T>(T[] values) where T : INumber<T>
    {
        var matrix = new T[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++) matrix[i * values.Length + i] = values[i];
        return matrix;
    }

    public static MatrixSpan<T> As<T>(this T[] values, int rows, int columns) => new(values, rows, columns);

    /// <summary>Equal within what the type can tell, for entries of about 1.</summary>
    public static void AreClose<T>(T[] expected, T[] found) where T : INumber<T>
    {
        double tolerance = typeof(T) == typeof(float) ? 2e-5 : 1e-12;
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(double.CreateChecked(pair.First), double.CreateChecked(pair.Second), tolerance));
    }
}
