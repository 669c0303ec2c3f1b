using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>Cases that the code of papers and benchmarks computed.</summary>
public class EveryGoldenCase
{
    public static TheoryData<string> Names => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsReproduced(string name)
    {
        var golden = GoldenCase.Read(name);
        foreach (var (tensor, expected) in golden.Expected)
            foreach (var options in RunSettings.Few) Near.Check(expected, golden.Merge(tensor).Run(options), golden.Tolerance, $"{tensor} ({options})");
    }
}
