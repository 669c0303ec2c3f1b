using MergeEngine.Planning;

namespace MergeEngine.Tests.Planning;

public class Modules
{
    const string Encoder = "merge_method: linear\nparameters: {weight: 1}\nmodules:\n  encoder: {models: [{model: models/t5-base}, {model: models/t5-a}]}\n";

    [Fact]
    public void LeftOutFailWithMRG0162() =>
        Assert.Equal(["MRG0162", "MRG0162"], Plans.Errors(Plans.Read(Encoder)).Select(finding => finding.Code));

    [Fact]
    public void LeftOutOnPurposeAreNotWritten()
    {
        MergePlan plan = Plans.Of(Encoder + "  decoder: null\n  shared: null\n");
        Assert.Equal(Plans.CaseTensors("linear-t5-module-left-out").Order(StringComparer.Ordinal), plan.Steps.Select(step => step.Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, (int)plan.Config()["num_layers"]!);
    }

    [Fact]
    public void OfAnotherNameFailWithMRG0161()
    {
        Diagnostic error = Plans.Error(Encoder + "  decodr: {models: [{model: models/t5-a}]}\n  decoder: null\n  shared: null\n");
        Assert.Equal(("MRG0161", 5), (error.Code, error.Position.Line));
        Assert.EndsWith("Did you mean 'decoder'?", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralDoNotTakePlainSlices()
    {
        Diagnostic error = Assert.Single(Plans.Errors(Plans.CaseRecipe("bad-slices-several-modules")));
        Assert.Equal(("MRG0160", 3), (error.Code, error.Position.Line));
    }
}
