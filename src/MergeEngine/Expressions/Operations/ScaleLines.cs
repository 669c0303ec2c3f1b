using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Operations;

/// <summary>The operand, each row or each column multiplied by a known number of its own.</summary>
/// <param name="Factors">One number a row or a column.</param>
/// <param name="RowLength">Elements of a row, however many axes that are.</param>
/// <param name="OfColumns">The numbers belong to columns.</param>
sealed record ScaleLines(float[] Factors, long RowLength, bool OfColumns) : Operation
{
    public override void Run(in TileFrame frame) => Scale(frame.Kernels, frame.First, frame.Operand(0), frame.Result);

    /// <summary>Scales elements from a flat index on; the result may be the source.</summary>
    public void Scale(KernelSet kernels, long first, ReadOnlySpan<float> source, Span<float> result)
    {
        foreach (var part in new RowParts(first, result.Length, RowLength))
        {
            var (from, to) = (part.Start, part.Start + part.Count);
            if (OfColumns) kernels.Multiply(source[from..to], Factors.AsSpan((int)((first + from) % RowLength), part.Count), result[from..to]);
            else kernels.Scale(source[from..to], Factors[part.Row], result[from..to]);
        }
    }
}
