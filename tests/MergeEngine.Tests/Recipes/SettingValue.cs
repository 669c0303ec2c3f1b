using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>Dossier 2.6-2.8; expected values worked out by hand.</summary>
public class SettingValue
{
    [Theory]
    [InlineData("0.25", 0.7, 0.25)]
    [InlineData("yes", 0.7, 1)]
    [InlineData("\"0.3\"", 0, 0.3)]
    [InlineData("[0, 1, 2]", 0, 0)]
    [InlineData("[0, 1, 2]", 0.5, 1)]
    [InlineData("[0, 1, 2]", 1, 2)]
    [InlineData("[1, 0.5, 0]", 0.25, 0.75)]
    [InlineData("[0, true]", 0.25, 0.25)]
    [InlineData("[4]", 0.9, 4)]
    [InlineData("[1, 2]", 1, 2)]
    public void IsInterpolated(string value, double t, double expected) => Assert.Equal(expected, RecipeText.Weight(value).Evaluate("any", t));

    /// <summary>s = t (m - 1) = 2/3, so 1/3 of the first value and 2/3 of the second, with mergekit's roundings.</summary>
    [Fact]
    public void KeepsTheOrderOfOperations()
    {
        double t = 1.0 / 3, fraction = t * 2;
        Assert.Equal((1 - fraction) * 0.1 + fraction * 0.7, RecipeText.Weight("[0.1, 0.7, 0.2]").Evaluate("any", t));
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight", 0.9)]
    [InlineData("model.layers.10.mlp.up_proj.weight", 0.9)]
    [InlineData("model.layers.2.mlp.up_proj.weight", 0.45)]
    [InlineData("model.layers.2.self_attn.q_proj.weight", 0.5)]
    public void OfTheFirstMatchingConditionIsTaken(string tensor, double expected) =>
        Assert.Equal(expected, RecipeText.Weight("[{filter: layers.1, value: 0.9}, {filter: mlp, value: [0.1, 0.8]}, {value: 0.5}]").Evaluate(tensor, 0.5)!.Value, 15);

    [Theory]
    [InlineData("MLP", null)]
    [InlineData("m.p", null)]
    [InlineData("'*'", 3.0)]
    [InlineData("''", 3.0)]
    [InlineData("null", 3.0)]
    [InlineData("up_proj.w", 3.0)]
    public void IsFilteredByPlainCaseSensitiveText(string filter, double? expected) =>
        Assert.Equal(expected, RecipeText.Weight($"[{{filter: {filter}, value: 3}}]").Evaluate("layers.0.mlp.up_proj.weight", 0));

    [Theory]
    [InlineData("[[1]]", "MRG0103@4,27")]
    [InlineData(".inf", "MRG0131@4,26")]
    [InlineData("[0, .nan]", "MRG0131@4,30")]
    [InlineData("[{filter: mlp}]", "MRG0104@4,27")]
    [InlineData("[{filter: 3, value: 1}]", "MRG0103@4,36")]
    [InlineData("[{filter: mlp, value: []}]", "MRG0129@4,48")]
    [InlineData("[{filter: mlp, value: {value: 1}}]", "MRG0103@4,48")]
    [InlineData("[{filtre: mlp, value: 1}]", "MRG0102@4,28")]
    public void OfAnotherFormIsAFinding(string value, string finding) =>
        Assert.Equal([finding], RecipeText.Findings($"merge_method: linear\nmodels:\n  - model: a\n    parameters: {{weight: {value}}}\n"));

    [Theory]
    [InlineData("true", 1.0, "1")]
    [InlineData("none", 0.0, "0")]
    [InlineData("inverse_density", 2.0, "inverse_density")]
    public void OfAChoiceIsAWordOrASwitch(string value, double expected, string canonical)
    {
        MergeRecipe recipe = RecipeText.Read($"merge_method: dare_linear\nbase_model: a\nmodels: [{{model: b, parameters: {{weight: 1}}}}]\nparameters: {{rescale: {value}}}\n");
        Assert.Equal(expected, recipe.Parameters["rescale"].Evaluate("any", 0));
        Assert.Contains($"parameters.rescale = {canonical}", recipe.CanonicalLines.Select(line => line.Text));
        Assert.Equal(recipe.CanonicalYaml, RecipeText.Read(recipe.CanonicalYaml).CanonicalYaml);
    }

    [Theory]
    [InlineData("l2_norm", "MRG0103@4,23")]
    [InlineData("3", "MRG0106@4,23")]
    [InlineData("0.5", "MRG0106@4,23")]
    public void OfAChoiceIsNothingElse(string value, string finding) => Assert.Equal([finding],
        RecipeText.Findings($"merge_method: dare_linear\nbase_model: a\nmodels: [{{model: b, parameters: {{weight: 1}}}}]\nparameters: {{rescale: {value}}}\n"));

    [Theory]
    [InlineData("normalize: 0.5")]
    [InlineData("normalize: [0, 2]")]
    [InlineData("normalize: [{filter: mlp, value: -1}]")]
    public void OfASwitchIsZeroOrOne(string parameter) =>
        Assert.Contains(RecipeText.Findings(RecipeText.Linear + $"parameters: {{{parameter}}}"), finding => finding.StartsWith("MRG0106@5", StringComparison.Ordinal));
}
