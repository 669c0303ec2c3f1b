using System.Collections.Immutable;

namespace MergeEngine.Expressions;

/// <summary>One number per row (along the last axis) or per column (along the first); a tensor of one dimension or none is one of them.</summary>
public sealed class VectorNumbers
{
    readonly TensorScope scope;
    readonly Func<int, double> value;
    double[]? known;
    float[]? rounded;

    internal VectorNumbers(TensorScope scope, bool areColumns, ImmutableArray<Reduction> needs, Func<int, double> value) =>
        (this.scope, AreColumns, Needs, this.value) = (scope, areColumns, needs, value);

    internal ImmutableArray<Reduction> Needs { get; }

    internal bool AreColumns { get; }

    internal long RowLength => scope.RowLength;

    internal long Columns => scope.Columns;

    /// <summary>The numbers, once all of <see cref="Needs"/> are done.</summary>
    internal double[] Known => known ??= [.. Enumerable.Range(0, checked((int)(AreColumns ? scope.Columns : scope.Rows))).Select(value)];

    internal float[] Rounded => rounded ??= [.. Known.Select(number => (float)number)];

    /// <summary>Applies a function to the numbers of each vector.</summary>
    /// <param name="numbers">All per row, or all per column.</param>
    public static VectorNumbers Combine(IReadOnlyList<VectorNumbers> numbers, Func<double[], double> function) => new(
        numbers[0].scope,
        numbers[0].AreColumns,
        [.. numbers.SelectMany(number => number.Needs)],
        vector => function([.. numbers.Select(number => number.Known[vector])]));

    public VectorNumbers Select(Func<double, double> function) => new(scope, AreColumns, Needs, vector => function(Known[vector]));
}
