using MergeEngine.Kernels;

namespace MergeEngine.Expressions;

/// <summary>One step of a tile program at one tile: operands and result, all of <see cref="Count"/> elements.</summary>
public readonly ref struct TileFrame
{
    public required KernelSet Kernels { get; init; }

    /// <summary>Tile buffers, <see cref="Stride"/> elements apart.</summary>
    public required Span<float> Registers { get; init; }

    public required int Stride { get; init; }

    public required int Count { get; init; }

    /// <summary>Flat index of the tile's first element in its tensor; a multiple of 16.</summary>
    public required long First { get; init; }

    /// <summary>Index of the block of 64 Ki elements that holds the tile; its tiles run in order on one worker.</summary>
    public required int Block { get; init; }

    public required int Worker { get; init; }

    public ReadOnlySpan<int> OperandRegisters { get; init; }

    public int ResultRegister { get; init; }

    /// <summary>Stored bytes of the tile, for the step that decodes them.</summary>
    public ReadOnlySpan<byte> Stored { get; init; }

    /// <summary>A number that the step carries through the tiles of a block; 0 at its start.</summary>
    public Span<long> Carry { get; init; }

    public Span<float> Result => Registers.Slice(ResultRegister * Stride, Count);

    public ReadOnlySpan<float> Operand(int index) => Registers.Slice(OperandRegisters[index] * Stride, Count);

    /// <summary>The same tile, for another step.</summary>
    public TileFrame For(ReadOnlySpan<int> operands, int result, ReadOnlySpan<byte> stored, Span<long> carry) => this with
    {
        OperandRegisters = operands,
        ResultRegister = result,
        Stored = stored,
        Carry = carry,
    };

    public TileOperands Operands => new(Registers, Stride, Count, OperandRegisters);
}
