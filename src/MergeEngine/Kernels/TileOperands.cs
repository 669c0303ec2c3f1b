namespace MergeEngine.Kernels;

/// <summary>Several tile buffers of one length, by their places in the registers.</summary>
public readonly ref struct TileOperands(ReadOnlySpan<float> registers, int stride, int count, ReadOnlySpan<int> operands, int first = 0)
{
    readonly ReadOnlySpan<float> registers = registers;
    readonly ReadOnlySpan<int> operands = operands;

    public int Length => operands.Length;

    /// <summary>All tile buffers, for kernels that compute places themselves.</summary>
    public ReadOnlySpan<float> Registers => registers;

    public ReadOnlySpan<float> this[int index] => registers.Slice(Start(index), count - first);

    /// <summary>Where an operand starts in the registers.</summary>
    public int Start(int index) => operands[index] * stride + first;

    /// <summary>The starts of all operands, computed once.</summary>
    public ReadOnlySpan<int> Starts(Span<int> starts)
    {
        for (int i = 0; i < starts.Length; i++) starts[i] = Start(i);
        return starts;
    }

    public TileOperands Slice(int start, int length) => new(registers, stride, count, operands.Slice(start, length), first);

    /// <summary>The same operands from an element on.</summary>
    public TileOperands From(int element) => new(registers, stride, count, operands, first + element);
}
