using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

public class CanonicalForm
{
    const string Written = """
        # a comment
        merge_method: ties
        base_model: base
        models:
          - model: a
            parameters: {weight: [0.2, 0.8], density: 5e-1}
          - parameters:
              weight:
                - {filter: "mlp: #1", value: 1}
                - value: [0.5]
            model: b@main
        parameters: {normalize: yes}
        dtype: torch.bfloat16
        """;

    [Fact]
    public void HasOneLineALeaf() => Assert.Equal(
        [
            "base_model = base",
            "dtype = bfloat16",
            "merge_method = ties",
            "models[0].model = a",
            "models[0].parameters.density = 0.5",
            "models[0].parameters.weight = [0.2, 0.8]",
            "models[1].model = b@main",
            "models[1].parameters.weight[0].filter = \"mlp: #1\"",
            "models[1].parameters.weight[0].value = 1",
            "models[1].parameters.weight[1].value = 0.5",
            "parameters.normalize = 1",
        ],
        Lines(Written));

    [Fact]
    public void NamesTheRecipesLine()
    {
        CanonicalLine line = RecipeText.Read(Written).CanonicalLines.Single(line => line.Text.Contains("density", StringComparison.Ordinal));
        Assert.Equal(new SourcePosition(RecipeText.File, 6, 47), line.Position);
    }

    [Fact]
    public void IsTheSameForOtherOrderAndLayout() => Assert.Equal(Lines(Written), Lines("""
        dtype: bfloat16
        parameters:
          normalize: 1
        models: [{parameters: {density: "0.5", weight: [0.2, 0.8]}, model: a}, {model: "b@main", parameters: {weight: [{value: 1.0, filter: 'mlp: #1'}, {value: 0.5}]}}]   # another
        base_model: base
        merge_method: ties
        """));

    [Theory]
    [InlineData("0.8", "0.80000001")]
    [InlineData("b@main", "b")]
    [InlineData("mlp: #1", "mlp")]
    [InlineData("torch.bfloat16", "float16")]
    [InlineData("base_model: base", "base_model: base\nseed: 1")]
    public void DiffersForOtherContent(string found, string replacement) => Assert.NotEqual(Lines(Written), Lines(Written.Replace(found, replacement, StringComparison.Ordinal)));

    [Fact]
    public void AsYamlIsIndented() => Assert.Equal(
        "base_model: base\ndtype: bfloat16\nmerge_method: ties\nmodels:\n- model: a\n  parameters:\n    density: 0.5\n    weight: [0.2, 0.8]\n"
        + "- model: b@main\n  parameters:\n    weight:\n    - filter: \"mlp: #1\"\n      value: 1\n    - value: 0.5\nparameters:\n  normalize: 1\n",
        RecipeText.Read(Written).CanonicalYaml);

    static IEnumerable<string> Lines(string text) => RecipeText.Read(text).CanonicalLines.Select(line => line.Text);
}
