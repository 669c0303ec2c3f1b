using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Operations;

/// <summary>Uniform numbers in [0, 1), a function of the stream and the position.</summary>
sealed record Uniform(PhiloxStream Stream) : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.Uniform(Stream, frame.First, frame.Result);
}
