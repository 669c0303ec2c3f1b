namespace MergeEngine.Tests.Recipes;

public class MergeKey
{
    const string Common = "merge_method: ties\nbase_model: base\nmodels:\n  - {model: a, parameters: &one {weight: 1, density: 0.5}}\n  - {model: b, parameters: &two {weight: 2}}\n";

    [Theory]
    [InlineData("{<<: *one}", 1.0, 0.5)]
    [InlineData("{<<: *one, weight: 3}", 3.0, 0.5)]
    [InlineData("{weight: 3, <<: *one}", 3.0, 0.5)]
    [InlineData("{<<: [*two, *one]}", 2.0, 0.5)]
    [InlineData("{<<: [*one, *two], density: 0.25}", 1.0, 0.25)]
    public void GivesWhatTheMapItselfLacks(string parameters, double weight, double density)
    {
        var settings = RecipeText.Read(Common + $"  - {{model: c, parameters: {parameters}}}\n").Modules[0].Slices![0].Sources[2].Parameters;
        Assert.Equal([density, weight], settings.Values.Select(setting => setting.Evaluate("any", 0)!.Value));
    }

    [Theory]
    [InlineData("{<<: 3}", "MRG0116@6,33")]
    [InlineData("{<<: [[*one]]}", "MRG0116@6,34")]
    [InlineData("{<<: *one, <<: *two}", "MRG0111@6,39")]
    public void OfAnotherFormIsAFinding(string parameters, string finding) =>
        Assert.Equal([finding], RecipeText.Findings(Common + $"  - {{model: c, parameters: {parameters}}}\n").Where(found => found.StartsWith("MRG01", StringComparison.Ordinal)));

    [Fact]
    public void InQuotesIsAnOrdinaryKey() => Assert.Equal(["MRG0102@5,1"], RecipeText.Findings(RecipeText.Linear + "'<<': {seed: 3}"));
}
