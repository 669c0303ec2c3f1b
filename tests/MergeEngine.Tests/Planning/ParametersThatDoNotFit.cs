namespace MergeEngine.Tests.Planning;

/// <summary>Values that are fine by themselves, but not for a tensor of some shape, or together with others.</summary>
public class ParametersThatDoNotFit
{
    const string Models = "base_model: models/llama-base\nmodels:\n  - {model: models/llama-a, parameters: {weight: 1, density: 0.02}}\n";

    /// <summary>Tensors of 32 elements; the matrices have 512 and more.</summary>
    [Fact]
    public void DensityThatKeepsNothingFailsWithMRG0170AtTheValue()
    {
        Diagnostic error = Plans.Error("merge_method: ties\n" + Models);
        Assert.Equal(("MRG0170", 4, 62), (error.Code, error.Position.Line, error.Position.Column));
        Assert.Contains("0.02", error.Text, StringComparison.Ordinal);
        Assert.Contains("model.norm.weight", error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lm_head.weight", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void DensityMayDifferForSmallTensors() => Assert.NotEmpty(Plans.Of(
        "merge_method: ties\nbase_model: models/llama-base\nparameters: {weight: 1, density: [{filter: norm, value: 1}, {value: 0.02}]}\nmodels: [{model: models/llama-a}]\n").Steps);

    [Theory]
    [InlineData("0.9", "0.15", true)]
    [InlineData("0.15", "0.15", true)]
    [InlineData("0.85", "0.15", true)]
    [InlineData("0.5", "0.15", false)]
    [InlineData("0.9", "0.05", false)]
    [InlineData("1", "0.15", false)]
    [InlineData("0", "0.15", false)]
    public void DensityNextToEpsilonFailsWithMRG0171(string density, string epsilon, bool fails)
    {
        string recipe = $"merge_method: della\nbase_model: models/llama-base\nparameters: {{weight: 1, density: {density}, epsilon: {epsilon}}}\nmodels: [{{model: models/llama-a}}]\n";
        if (!fails) Assert.NotEmpty(Plans.Of(recipe).Steps);
        else Assert.Equal(("MRG0171", 3, 34), (Plans.Error(recipe).Code, Plans.Error(recipe).Position.Line, Plans.Error(recipe).Position.Column));
    }

    [Fact]
    public void GammaWithoutOutliersWarnsWithMRG0172UnlessMergekitsWayIsAsked()
    {
        const string recipe = "merge_method: breadcrumbs\nbase_model: models/llama-base\nmodels: [{model: models/llama-a, parameters: {weight: 1, density: 0.5}}]\n";
        Diagnostic warning = Plans.Warning(Plans.Of(recipe), "MRG0172");
        Assert.Equal(3, warning.Position.Line);
        Assert.Contains("gamma 0.01", warning.Text, StringComparison.Ordinal);
        Assert.Contains("without_outliers: erase", warning.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Plans.Of(recipe + "parameters: {without_outliers: erase}\n").Warnings, finding => finding.Code == "MRG0172");
        Assert.DoesNotContain(Plans.Of(recipe + "parameters: {gamma: 0.05}\n").Warnings, finding => finding.Code == "MRG0172");
    }

    [Fact]
    public void WeightsOfMultislerpThatSumToZeroFailWithMRG0301()
    {
        const string recipe = "merge_method: multislerp\nmodels: [{model: models/llama-a, parameters: {weight: 1}}, {model: models/llama-b, parameters: {weight: -1}}]\n";
        Diagnostic error = Plans.Error(recipe);
        Assert.Equal("MRG0301", error.Code);
        Assert.Contains("normalize_weights: false", error.Text, StringComparison.Ordinal);
        Assert.NotEmpty(Plans.Of(recipe + "parameters: {normalize_weights: false}\n").Steps);
    }

    [Theory]
    [InlineData("nuslerp", "parameters: {weight: 1}\nbase_model: models/llama-a\nmodels: [{model: models/llama-a}, {model: models/llama-b}]")]
    [InlineData("nuslerp", "parameters: {weight: 1}\nmodels: [{model: models/llama-a}, {model: models/llama-b}, {model: models/llama-c}]")]
    [InlineData("nearswap", "parameters: {t: 1}\nbase_model: models/llama-base\nmodels: [{model: models/llama-a}, {model: models/llama-b}]")]
    [InlineData("arcee_fusion", "base_model: models/llama-base\nmodels: [{model: models/llama-base}]")]
    public void NumberOfModelsFailsWithMRG0159(string method, string rest) => Assert.Equal("MRG0159", Plans.Error($"merge_method: {method}\n{rest}\n").Code);

    [Fact]
    public void DtypesOfKarcherMayDifferWhereTheRecipeGivesOne() => Assert.NotEmpty(
        Plans.Of("merge_method: karcher\nmodels: [{model: models/llama-a-fp16}, {model: models/llama-b-bf16}]\ndtype: float32\n").Steps);

    [Fact]
    public void BaseOfNuslerpIsAddedToSlices()
    {
        var plan = Plans.Of("merge_method: nuslerp\nbase_model: models/llama-base\nparameters: {weight: 1}\n"
            + "slices: [{sources: [{model: models/llama-a, layer_range: [0, 2]}, {model: models/llama-b, layer_range: [0, 2]}]}]\n");
        Assert.Equal(3, plan.Steps[0].Sources.Count);
        Assert.Equal("MRG0157", Plans.Warning(plan, "MRG0157").Code);
    }
}
