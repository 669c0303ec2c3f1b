using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Expressions.Reductions;
using MergeEngine.Kernels;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>Gives every output of a module the length that DoRA learned: rows (or columns) are divided by their Euclidean norm and multiplied by a number of their own.</summary>
/// <remarks>Norms are float64 sums over the whole tensor, also where only a part of it is used. Source: Liu et al. 2024, arXiv:2402.09353, equation 5.</remarks>
/// <param name="Lengths">One number for each row or column.</param>
/// <param name="OfColumns">The outputs are columns: weights stored [in, out], embeddings.</param>
sealed record Magnitudes(StoredMatrix Lengths, bool OfColumns) : AdapterEdit
{
    public override IEnumerable<TensorInfo> Stored => [Lengths.Info];

    public override long HeldBytes(TensorShape tensor) =>
        Lengths.HeldBytes * 2 + (OfColumns ? ColumnDotProduct.HeldBytes(Lengths.Count) : Lengths.Count * (long)sizeof(double));

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) => [$"lengths of {(OfColumns ? "columns" : "rows")} {Lengths.KeyLine(digest)}"];

    public override LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope)
    {
        var scaled = new ScaleLines(Factors(tensor, scope), view.Rank <= 2 ? view[view.Rank - 1] : tensor.Shape.Count / tensor.Shape[0], OfColumns);
        return new LazyTensor(scope.Tensors, scaled, Part(tensor, view, scope));
    }

    public override TableReader ReaderIn(PlannedTensor tensor, SourceScope scope)
    {
        var (before, scaled) = (tensor.ReaderIn(scope), new ScaleLines(Factors(tensor, scope), tensor.Shape[1], OfColumns));
        return (read, first, destination) =>
        {
            before(read, first, destination);
            scaled.Scale(KernelSet.All[^1], first, destination, destination);
        };
    }

    float[] Factors(PlannedTensor tensor, SourceScope scope)
    {
        float[] lengths = scope.Hold([Lengths]);
        double[] squares = Squares(tensor, scope.For(new TensorShape(tensor.Shape[0], tensor.Shape.Count / tensor.Shape[0])));
        int zero = Array.IndexOf(squares, 0.0);
        if (zero >= 0) throw new MergeException(Errors.NoLength(Lengths.Info, tensor.Name, OfColumns ? "column" : "row", zero));
        return [.. lengths.Select((length, i) => (float)(length / Math.Sqrt(squares[i])))];
    }

    /// <summary>Takes a pass over the tensor.</summary>
    double[] Squares(PlannedTensor tensor, SourceScope whole)
    {
        LazyTensor x = tensor.Express(whole);
        if (OfColumns)
        {
            var columns = whole.Tensors.Add(new ColumnDotProduct(x, x));
            whole.Tensors.Resolve([columns]);
            return columns.Columns;
        }
        var rows = whole.Tensors.Add(new RowDotProduct(x, x));
        whole.Tensors.Resolve([rows]);
        return rows.Rows;
    }
}
