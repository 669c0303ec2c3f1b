using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

/// <summary>Models that are not there or do not fit, and what the plan says. Golden cases: <see cref="Golden.FailingMerges"/>.</summary>
public class BadModels
{
    [Fact]
    public void AreNamedTogether()
    {
        Recipe recipe = Plans.Read("merge_method: linear\nparameters: {weight: 1}\nmodels: [{model: models/none}, {model: models/bad-truncated}, {model: models/bad-no-config}, {model: models/neither}]");
        Assert.Equal(["MRG0201", "MRG0201", "MRG0208"], Plans.Errors(recipe).Select(finding => finding.Code).Where(code => code is "MRG0201" or "MRG0208").Order());
        Assert.Equal(4, Plans.Errors(recipe).Count);
    }

    [Fact]
    public void WithOtherShapesFailWithMRG0202()
    {
        Diagnostic error = Plans.Error("merge_method: linear\nparameters: {weight: 1}\nmodels:\n  - {model: models/llama-a}\n  - {model: models/bad-shape}");
        Assert.Equal(("MRG0202", 5), (error.Code, error.Position.Line));
        Assert.Contains(" against [", error.Text, StringComparison.Ordinal);
        Assert.Contains("in 'models/llama-a'", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAnotherArchitectureFailWithMRG0252() =>
        Assert.Equal("MRG0252", Plans.Error("merge_method: linear\nparameters: {weight: 1}\nmodels: [{model: models/llama-a}, {model: models/mistral-a}]").Code);

    [Fact]
    public void WithoutAnArchitectureFailWithMRG0250() =>
        Assert.Equal("MRG0250", Plans.Error("merge_method: passthrough\nmodels: [{model: models/bad-no-architectures}]").Code);

    [Fact]
    public void NotFoundNameBothPlacesAndTheNearestAlias()
    {
        var context = Plans.Context with { Aliases = new Dictionary<string, string> { ["expert"] = "models/llama-a" } };
        Diagnostic error = Assert.Single(Plans.Errors(RecipeFile.Parse("merge_method: passthrough\nmodels: [{model: expret}]", "/recipes/r.yml", MethodRegistry.All)[0], context));
        Assert.Contains(Path.Combine(TestData.Folder, "expret"), error.Text, StringComparison.Ordinal);
        Assert.Contains(Path.GetFullPath("/recipes/expret"), error.Text, StringComparison.Ordinal);
        Assert.EndsWith("Did you mean 'expert'?", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SumToZeroOnlyWhereTheyAreNormalized() =>
        Assert.NotEmpty(Plans.Of("merge_method: linear\nmodels: [{model: models/llama-a, parameters: {weight: 1}}, {model: models/llama-b, parameters: {weight: -1}}]\nparameters: {normalize: false}").Steps);

    [Fact]
    public void HalfASwitchBetweenLayersFailsWithMRG0106() => Assert.Equal("MRG0106",
        Plans.Error("merge_method: linear\nmodels: [{model: models/llama-4l-a, parameters: {weight: 1}}]\nparameters: {normalize: [0, 1]}").Code);
}
