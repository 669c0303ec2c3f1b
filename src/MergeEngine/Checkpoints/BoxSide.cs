namespace MergeEngine.Checkpoints;

/// <summary>One dimension of a box of elements.</summary>
/// <param name="Stride">Elements between neighbours in the file.</param>
/// <param name="Count">Neighbours, at least 2.</param>
/// <param name="Step">Elements between neighbours in the destination.</param>
readonly record struct BoxSide(long Stride, int Count, int Step) : IComparable<BoxSide>
{
    public int CompareTo(BoxSide other) => Stride.CompareTo(other.Stride);
}
