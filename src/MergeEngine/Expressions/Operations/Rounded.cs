using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Expressions.Operations;

/// <summary>What would be read of elements that were stored as a type: one rounding to it.</summary>
/// <param name="Dtype">The type.</param>
/// <param name="Result">Whose elements these are; NaN and infinity are errors. Null: they pass through.</param>
sealed record Rounded(Dtype Dtype, MergedTensor? Result) : Operation
{
    const int PieceCount = 512;

    public override void Run(in TileFrame frame)
    {
        var source = frame.Operand(0);
        var result = frame.Result;
        Span<byte> piece = stackalloc byte[PieceCount * Dtype.Size()];
        for (int start = 0; start < frame.Count; start += PieceCount)
        {
            int count = Math.Min(PieceCount, frame.Count - start);
            var stored = piece[..(count * Dtype.Size())];
            frame.Kernels.Encode(Dtype, source.Slice(start, count), stored);
            frame.Kernels.Decode(Dtype, stored, result.Slice(start, count));
        }
        if (Result is null || !frame.Kernels.AnyNonFinite(result)) return;
        int index = 0;
        while (float.IsFinite(result[index])) index++;
        throw new MergeException(Errors.NonFinite(Result.Position, Result.Name, Result.Shape, Result.Model, frame.First + index, result[index]));
    }
}
