using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;

namespace MergeEngine.Expressions;

/// <summary>Evaluates the operand of a <see cref="VectorLeaf"/> for a range of the tensor.</summary>
/// <param name="first">Flat index of the first element.</param>
/// <param name="values">Where the elements go.</param>
delegate void OperandReading(long first, Memory<float> values);

/// <summary>An operation whose result at an element depends on the element's whole vector (row or column), which is more than a tile holds.</summary>
/// <remarks>To a program it is a leaf; its operand is evaluated apart, by range, as often as it asks.</remarks>
abstract record VectorLeaf(LazyTensor Operand) : Leaf
{
    public override IEnumerable<Reduction> Needs => TensorScope.NeedsOf(Operand);

    public sealed override int StoredSize => sizeof(float);

    public sealed override void Fetch(TensorInput read, long first, Span<byte> destination) => throw new NotSupportedException("The operand is needed, not a file.");

    public override void Run(in TileFrame frame) => MemoryMarshal.Cast<byte, float>(frame.Stored).CopyTo(frame.Result);

    /// <summary>Computes the elements of a range.</summary>
    /// <param name="read">Evaluates the operand; takes as many elements at a time as the range has.</param>
    /// <param name="first">Flat index of the first element.</param>
    /// <param name="destination">As many as are wanted.</param>
    /// <param name="scratch">Room for as many.</param>
    public abstract void Fetch(OperandReading read, long first, Span<float> destination, VectorScratch scratch);
}
