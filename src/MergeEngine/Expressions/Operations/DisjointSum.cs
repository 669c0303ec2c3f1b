namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the weighted task vectors, last the elected sign.</summary>
sealed record DisjointSum : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.DisjointSum(frame.Operands[..^1], frame.Operands[^1], frame.Result);
}
