using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Reductions;

/// <summary>Σ e^(x − largest) of each row: what its softmax is divided by.</summary>
sealed class RowExponentialSum(LazyTensor tensor, RowMaximum largest) : RowSum(tensor)
{
    internal override IEnumerable<Reduction> Needs => [largest];

    private protected override void Accumulate(in TileFrame frame, RowPart part, int phase, Span<double> lanes)
    {
        var values = frame.Operand(0).Slice(part.Start, part.Count);
        for (int i = 0; i < values.Length; i++) lanes[(i + phase) % KernelSet.Lanes] += Term(values[i], part.Row);
    }

    /// <summary>Numerator of an element's softmax.</summary>
    internal double Term(float value, int row) => Elementary.Exp(value - largest.Rows[row]);
}
