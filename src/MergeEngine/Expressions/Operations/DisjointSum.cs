namespace MergeEngine.Expressions.Operations;

/// <summary>Operands: the weighted task vectors, last the elected sign.</summary>
sealed record DisjointSum : Operation
{
    public override bool MayOverwriteFirst => false;

    public override void Run(in TileFrame frame)
    {
        frame.Result.Clear();
        var sign = frame.Operand(frame.OperandCount - 1);
        for (int i = 0; i < frame.OperandCount - 1; i++) frame.Kernels.AddWhereSign(frame.Operand(i), sign, frame.Result);
    }
}
