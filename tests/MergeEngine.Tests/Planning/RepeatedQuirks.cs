using MergeEngine.Planning;
using MergeEngine.Tests.Recipes;

namespace MergeEngine.Tests.Planning;

/// <summary>A quirk that a recipe has in many places is told once, at the first, with the lines of the others.</summary>
public class RepeatedQuirks
{
    [Fact]
    public void OfUnknownParametersNameTheLines()
    {
        const string text = "merge_method: linear\nmodels:\n  - {model: a, parameters: {weight: 1, wieght: 1}}\n  - {model: b, parameters: {weight: 1, wieght: 1}}\n  - {model: c, parameters: {weight: 1, wieght: 1}}\n";
        Diagnostic warning = Assert.Single(RecipeText.Read(text).Warnings);
        Assert.Equal(("MRG0105", 3), (warning.Code, warning.Position.Line));
        Assert.EndsWith("The same in lines 4 and 5.", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfSlicesWithoutTheBaseNameTheLines()
    {
        MergePlan plan = Plans.Of("""
            merge_method: task_arithmetic
            base_model: models/llama-4l-base
            slices:
              - sources: [{model: models/llama-4l-a, layer_range: [0, 1]}]
              - sources: [{model: models/llama-4l-a, layer_range: [1, 2]}]
              - sources: [{model: models/llama-4l-b, layer_range: [2, 4]}]
            parameters: {weight: 1}
            """);
        Diagnostic warning = Plans.Warning(plan, "MRG0157");
        Assert.Equal(4, warning.Position.Line);
        Assert.EndsWith("The same in lines 5 and 6.", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfManyLinesCountTheRest()
    {
        string slices = string.Concat(Enumerable.Range(0, 9).Select(_ => "  - {sources: [{model: models/llama-4l-a, layer_range: [0, 1]}]}\n"));
        MergePlan plan = Plans.Of($"merge_method: task_arithmetic\nbase_model: models/llama-4l-base\nparameters: {{weight: 1}}\nslices:\n{slices}");
        Assert.EndsWith("The same in lines 6, 7, 8, 9, 10 and 3 more.", Plans.Warning(plan, "MRG0157").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfErrorsStayWhereTheyAre() => Assert.Equal(["MRG0103@3,37", "MRG0103@4,37"],
        RecipeText.Findings("merge_method: linear\nmodels:\n  - {model: a, parameters: {weight: x}}\n  - {model: b, parameters: {weight: x}}\n"));
}
