using MergeEngine.Kernels;

namespace MergeEngine.Expressions.Operations;

/// <summary>Normal numbers, a function of the stream and the position.</summary>
sealed record Normal(PhiloxStream Stream) : Operation
{
    public override void Run(in TileFrame frame) => PhiloxNormal.Fill(Stream, frame.First, frame.Result);
}
