namespace MergeEngine.Expressions.Operations;

sealed record SignOfSum : Operation
{
    public override void Run(in TileFrame frame)
    {
        frame.Operand(0).CopyTo(frame.Result);
        for (int i = 1; i < frame.OperandCount; i++) frame.Kernels.Add(frame.Result, frame.Operand(i), frame.Result);
        frame.Kernels.SignOrPositive(frame.Result, frame.Result);
    }
}
