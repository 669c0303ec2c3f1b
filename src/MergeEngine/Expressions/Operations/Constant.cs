namespace MergeEngine.Expressions.Operations;

sealed record Constant(float Value) : Operation
{
    public override void Run(in TileFrame frame) => frame.Result.Fill(Value);
}
