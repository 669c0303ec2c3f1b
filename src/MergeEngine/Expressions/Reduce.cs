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

    /// <summary>The k-th largest magnitude, exactly.</summary>
    /// <param name="x">A tensor with elements.</param>
    /// <param name="k">1 for the largest, the number of elements for the smallest.</param>
    public static LazyNumber Magnitude(LazyTensor x, long k)
    {
        var kth = x.Scope.Add(new KthMagnitude(x, k, valueOnly: true));
        return LazyNumber.Of(x.Scope, kth, () => BitConverter.UInt32BitsToSingle(kth.Threshold));
    }

    /// <summary>How many elements are not zero.</summary>
    public static LazyNumber Nonzeros(LazyTensor x)
    {
        var count = x.Scope.Add(new NonzeroCount(x));
        return LazyNumber.Of(x.Scope, count, () => count.Count);
    }

    /// <summary>For each tensor a function of two counts: where its magnitude alone exceeds the smallest, and where others' do too.</summary>
    public static IReadOnlyList<LazyNumber> Overlaps(IReadOnlyList<LazyTensor> tensors, double smallest, Func<long, long, double> function)
    {
        var scope = tensors[0].Scope;
        var counts = scope.Add(new OverlapCount(tensors, (float)smallest));
        return [.. tensors.Select((_, t) => LazyNumber.Of(scope, counts, () => function(counts.Alone(t), counts.Shared(t))))];
    }

    /// <summary>Σ x · y of each row along the last axis.</summary>
    public static VectorNumbers RowDot(LazyTensor x, LazyTensor y)
    {
        var rows = x.Scope.Add(new RowDotProduct(x, y));
        return new VectorNumbers(x.Scope, areColumns: false, [rows], row => rows.Rows[row]);
    }

    /// <summary>Σ x · y of each column along the first axis.</summary>
    public static VectorNumbers ColumnDot(LazyTensor x, LazyTensor y)
    {
        if (x.Scope.Shape.Rank < 2) return RowDot(x, y);
        var columns = x.Scope.Add(new ColumnDotProduct(x, y));
        return new VectorNumbers(x.Scope, areColumns: true, [columns], column => columns.Columns[column]);
    }

    /// <summary>Σ p ln(p / q) of each row along the last axis, p and q the softmax of the rows of x and y, plus a floor. Not below 0.</summary>
    public static VectorNumbers RowDivergence(LazyTensor x, LazyTensor y, double floor)
    {
        var (sumsX, sumsY) = (ExponentialSums(x), ExponentialSums(y));
        var rows = x.Scope.Add(new RowDivergence(x, sumsX, y, sumsY, floor));
        return new VectorNumbers(x.Scope, areColumns: false, [rows], row => Math.Max(0, rows.Rows[row]));
    }

    static RowExponentialSum ExponentialSums(LazyTensor x) => x.Scope.Add(new RowExponentialSum(x, x.Scope.Add(new RowMaximum(x))));

    static LazyNumber Of(LazyTensor x, BlockSum sum)
    {
        x.Scope.Add(sum);
        return LazyNumber.Of(x.Scope, sum, () => sum.Sum);
    }
}
