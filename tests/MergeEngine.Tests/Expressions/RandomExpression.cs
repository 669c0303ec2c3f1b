using FsCheck.Xunit;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Expressions;

/// <summary>The engine computes what plain loops over whole arrays do, whatever tiles, threads and kernels it uses.</summary>
public class RandomExpression
{
    [Property(Arbitrary = [typeof(SmallCases)], MaxTest = 200, Replay = "(2011,7)")]
    public void GivesThePlainBitsOnSmallTensors(ExpressionCase drawn) => Check(drawn, RunSettings.Paired);

    [Property(Arbitrary = [typeof(LargeCases)], MaxTest = 16, Replay = "(2024,11)")]
    public void GivesThePlainBitsOverManyBlocks(ExpressionCase drawn) => Check(drawn, RunSettings.Paired);

    static void Check(ExpressionCase drawn, IReadOnlyList<MergeOptions> settings)
    {
        float[][] inputs = drawn.Inputs();
        float[] expected = new PlainReading(inputs, drawn.Shape).Read(drawn.Expression);
        var merge = new ArrayMerge(new LazyReading(drawn.Expression), drawn.Shape, null, inputs);
        foreach (var options in settings) SameBits.Check(expected, merge.Run(options), () => $"{drawn}, {options}");
    }
}
