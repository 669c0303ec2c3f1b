using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>Dot products of some tensors with each other, from one pass: lengths and angles of all that is a weighted sum of them need no other.</summary>
sealed class GramMatrix
{
    readonly double[,] dots;

    public GramMatrix(IReadOnlyList<LazyTensor> tensors)
    {
        var numbers = new LazyNumber[tensors.Count, tensors.Count];
        for (int i = 0; i < tensors.Count; i++)
            for (int j = 0; j <= i; j++) numbers[i, j] = numbers[j, i] = Reduce.Dot(tensors[j], tensors[i]);
        dots = new double[tensors.Count, tensors.Count];
        for (int i = 0; i < tensors.Count; i++)
            for (int j = 0; j < tensors.Count; j++) dots[i, j] = numbers[i, j].Value;
    }

    /// <summary>Length of one of the tensors.</summary>
    public double Norm(int tensor) => Math.Sqrt(dots[tensor, tensor]);

    /// <summary>Length of Σ cₜ xₜ.</summary>
    public double Norm(double[] coefficients) => Math.Sqrt(Math.Max(0, Dot(coefficients, coefficients)));

    /// <summary>Dot product of Σ aₜ xₜ and Σ bₜ xₜ.</summary>
    public double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            for (int j = 0; j < b.Length; j++) sum += a[i] * b[j] * dots[i, j];
        return sum;
    }
}
