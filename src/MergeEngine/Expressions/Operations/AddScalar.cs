namespace MergeEngine.Expressions.Operations;

sealed record AddScalar(float Addend) : Operation
{
    public override void Run(in TileFrame frame) => frame.Kernels.AddScalar(frame.Operand(0), Addend, frame.Result);
}
