using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Planning.Moe;

namespace MergeEngine.Expressions.Operations;

/// <summary>A small matrix that is computed once and held.</summary>
sealed record HeldRows(EmbeddedPrompts Prompts, bool AllowNonFinite) : Leaf
{
    public override int StoredSize => sizeof(float);

    public override void Fetch(TensorInput read, long first, Span<byte> destination) =>
        MemoryMarshal.AsBytes(Prompts.Rows(read, AllowNonFinite).Slice((int)first, destination.Length / sizeof(float))).CopyTo(destination);

    public override void Run(in TileFrame frame) => MemoryMarshal.Cast<byte, float>(frame.Stored).CopyTo(frame.Result);
}
