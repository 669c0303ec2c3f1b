namespace MergeEngine.Expressions.Operations;

/// <summary>The operand, with some rows from a held matrix in the place of its own.</summary>
/// <param name="Rows">The rows, one after the other, each of <paramref name="Stride"/> numbers.</param>
/// <param name="Stride">Elements of a held row.</param>
/// <param name="Places">For rows of the tensor the number of the held row.</param>
/// <param name="RowLength">Columns that are wanted: all, or the leading ones.</param>
sealed record ReplaceRows(float[] Rows, int Stride, IReadOnlyDictionary<int, int> Places, long RowLength) : Operation
{
    public override void Run(in TileFrame frame)
    {
        frame.Operand(0).CopyTo(frame.Result);
        Replace(frame.First, frame.Result);
    }

    /// <summary>Replaces in elements from a flat index on.</summary>
    public void Replace(long first, Span<float> elements)
    {
        foreach (var part in new RowParts(first, elements.Length, RowLength))
        {
            if (!Places.TryGetValue(part.Row, out int held)) continue;
            int column = (int)((first + part.Start) % RowLength);
            Rows.AsSpan(held * Stride + column, part.Count).CopyTo(elements[part.Start..]);
        }
    }
}
