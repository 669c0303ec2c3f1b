using System.Collections.Immutable;

namespace MergeEngine.Expressions;

/// <summary>One number per row, rows along the last axis; a tensor of one dimension or none is one row.</summary>
public sealed class RowNumbers
{
    readonly TensorScope scope;
    readonly Func<int, double> value;
    double[]? known;

    internal RowNumbers(TensorScope scope, ImmutableArray<Reduction> needs, Func<int, double> value) =>
        (this.scope, Needs, this.value) = (scope, needs, value);

    internal ImmutableArray<Reduction> Needs { get; }

    internal long RowLength => scope.RowLength;

    /// <summary>The numbers, once all of <see cref="Needs"/> are done.</summary>
    internal double[] Known => known ??= [.. Enumerable.Range(0, (int)scope.Rows).Select(value)];

    /// <summary>Applies a function to the numbers of each row.</summary>
    public static RowNumbers Combine(IReadOnlyList<RowNumbers> numbers, Func<double[], double> function) => new(
        numbers[0].scope,
        [.. numbers.SelectMany(number => number.Needs)],
        row => function([.. numbers.Select(number => number.Known[row])]));

    public RowNumbers Select(Func<double, double> function) => new(scope, Needs, row => function(Known[row]));
}
