using MergeEngine.Planning;

namespace MergeEngine.Tests.Planning;

public class BaseModel
{
    [Fact]
    public void NotListedComesLastAndHasNoIndex()
    {
        MergeStep step = Plans.OfCase("ties-two").Step("model.norm.weight");
        Assert.Equal([("models/llama-a", 0, false), ("models/llama-b", 1, false), ("models/llama-base", -1, true)], step.Sources.Select(source => (source.Model, source.ModelIndex, source.IsBase)));
    }

    [Fact]
    public void ListedKeepsItsPlaceAndCountsForNoIndex()
    {
        MergeStep step = Plans.OfCase("task_arithmetic-base-listed").Step("model.norm.weight");
        Assert.Equal([("models/llama-base", -1), ("models/llama-a", 0)], step.Sources.Select(source => (source.Model, source.ModelIndex)));
    }

    [Fact]
    public void OfLinearNotListedWarns()
    {
        MergePlan plan = Plans.Of("merge_method: linear\nbase_model: models/llama-base\nmodels: [{model: models/llama-a}]\nparameters: {weight: 1}");
        Assert.Equal(2, plan.Step("model.norm.weight").Sources.Count);
        Assert.Equal(2, Plans.Warning(plan, "MRG0156").Position.Line);
    }

    [Fact]
    public void OfLinearListedIsAnOrdinaryInput() => Assert.Empty(Plans.OfCase("linear-base-listed").Warnings);

    [Fact]
    public void OfPassthroughMayBeTheSameModel() => Assert.Single(Plans.OfCase("passthrough-base").Step("model.norm.weight").Sources);

    [Fact]
    public void OfPassthroughAsAnotherModelFailsWithMRG0159() =>
        Assert.Equal("MRG0159", Plans.Error("merge_method: passthrough\nbase_model: models/llama-base\nmodels: [{model: models/llama-a}]").Code);

    [Fact]
    public void OfSlerpWithTwoOthersFailsWithMRG0159() => Assert.Equal("MRG0159",
        Plans.Error("merge_method: slerp\nbase_model: models/llama-base\nmodels: [{model: models/llama-a}, {model: models/llama-b}]\nparameters: {t: 0.5}").Code);
}
