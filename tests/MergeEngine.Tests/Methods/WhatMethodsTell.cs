using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>What is found out about the numbers only while merging.</summary>
public class WhatMethodsTell
{
    [Fact]
    public void IsOneWarningForAllTensorsInOrder()
    {
        var remarks = new MergeRemarks(new SourcePosition("r.yml", 1, 15));
        foreach (string tensor in (string[])["b", "c", "a", "b"]) remarks.Add(Errors.MeanSquaresBelowFloor, tensor);
        Diagnostic warning = Assert.Single(remarks.Diagnostics);
        Assert.Equal(("MRG0307", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(Errors.MeanSquaresBelowFloor(remarks.Position, ["a", "b", "c"]), warning);
        Assert.Contains("degenerate_eps: 0", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void StopsWithMRG0306WhereThreeDirectionsCancel()
    {
        var merge = ArrayMerge.Of("multislerp", null, [1, 0], [-1, 0], [3, 0]).WithEach("weight", 1, 2, 1);
        Assert.Equal("MRG0306", Assert.Single(Assert.Throws<MergeException>(() => merge.Run()).Diagnostics).Code);
    }
}
