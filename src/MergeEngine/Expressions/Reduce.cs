using MergeEngine.Expressions.Reductions;

namespace MergeEngine.Expressions;

/// <summary>Numbers of tensors. Float64, in an order that is fixed: 16 lanes inside blocks of 64 Ki elements, block sums in index order.</summary>
public static class Reduce
{
    public static LazyNumber Sum(LazyTensor x) => Of(x, new ElementSum(x));

    /// <summary>Σ |x|.</summary>
    public static LazyNumber SumOfMagnitudes(LazyTensor x) => Of(x, new MagnitudeSum(x));

    /// <summary>Σ x · y.</summary>
    public static LazyNumber Dot(LazyTensor x, LazyTensor y) => Of(x, new DotProduct(x, y));

    /// <summary>√(Σ x²).</summary>
    public static LazyNumber Norm(LazyTensor x)
    {
        var squares = x.Scope.Add(new DotProduct(x, x));
        return LazyNumber.Of(x.Scope, squares, () => Math.Sqrt(squares.Sum));
    }

    /// <summary>Σ x · y of each row along the last axis.</summary>
    public static RowNumbers RowDot(LazyTensor x, LazyTensor y)
    {
        var rows = x.Scope.Add(new RowDotProduct(x, y));
        return new RowNumbers(x.Scope, [rows], row => rows.Rows[row]);
    }

    static LazyNumber Of(LazyTensor x, BlockSum sum)
    {
        x.Scope.Add(sum);
        return LazyNumber.Of(x.Scope, sum, () => sum.Sum);
    }
}
