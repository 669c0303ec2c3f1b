using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>The rows of method-cases.psv, with every kernel set and tile size.</summary>
public class EveryMethodCase
{
    public static TheoryData<string> Rows => [.. MethodCase.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void GivesTheMergedNumbers(string row)
    {
        var (merge, merged, tolerance, derivedBy) = MethodCase.All[row];
        foreach (var options in RunSettings.Paired) Near.Check(merged, merge.Run(options), tolerance, $"{derivedBy} ({options})");
    }
}
