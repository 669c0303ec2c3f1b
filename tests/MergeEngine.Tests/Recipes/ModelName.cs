using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>Dossier 2.11.</summary>
public class ModelName
{
    [Theory]
    [InlineData("org/name", "org/name", null, null, null)]
    [InlineData("org/name@rev", "org/name", "rev", null, null)]
    [InlineData("m@r1+l@r2", "m", "r1", "l", "r2")]
    [InlineData("m+l", "m", null, "l", null)]
    [InlineData("m@", "m", null, null, null)]
    public void HasParts(string text, string path, string? revision, string? adapter, string? adapterRevision) =>
        Assert.Equal(new ModelReference(path, revision, adapter is null ? null : new AdapterReference(adapter, adapterRevision)), ModelReference.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a+b+c")]
    [InlineData("a@b@c")]
    [InlineData("a+b@c@d")]
    [InlineData("a+")]
    [InlineData("+a")]
    [InlineData("@a")]
    public void WithTooManyOrEmptyPartsIsRefused(string text) => Assert.Null(ModelReference.Parse(text));

    [Fact]
    public void InAMapMayHoldSeparators()
    {
        MergeRecipe recipe = RecipeText.Read("merge_method: passthrough\nmodels:\n  - model: {model: {path: some/dir+x@y, revision: null}, lora: null, override_architecture: LlamaForCausalLM}\n");
        ModelReference model = recipe.Modules[0].Slices![0].Sources[0].Model.Value;
        Assert.Equal(new ModelReference("some/dir+x@y", OverrideArchitecture: "LlamaForCausalLM"), model);
        Assert.Contains("models[0].model.model.path = some/dir+x@y", recipe.CanonicalLines.Select(line => line.Text));
    }

    [Fact]
    public void InAMapMayBeText() => Assert.Equal(new ModelReference("org/m", "r1", OverrideArchitecture: "X"), RecipeText.Read(
        "merge_method: passthrough\nmodels:\n  - model: {model: org/m@r1, override_architecture: X}\n").Modules[0].Slices![0].Sources[0].Model.Value);

    [Theory]
    [InlineData("{model: a, lora: b}", "a+b")]
    [InlineData("{model: a@r, lora: [b@s]}", "a@r+b@s")]
    [InlineData("{model: a, lora: [b, {path: c, weight: 0.5}]}", "a+b+c*0.5")]
    [InlineData("{model: a, lora: []}", "a")]
    public void InAMapMayBeAChain(string model, string shown)
    {
        MergeRecipe recipe = RecipeText.Read($"merge_method: passthrough\nmodels:\n  - model: {model}\n");
        Assert.Equal(shown, recipe.Models.Single().Value.ToString());
        Assert.Equal(recipe.Models.Single().Value, RecipeText.Read(recipe.CanonicalYaml).Models.Single().Value);
    }

    [Theory]
    [InlineData("{path: a}", "MRG0104@3,12 MRG0102@3,13")]
    [InlineData("{model: [a]}", "MRG0103@3,20")]
    [InlineData("{model: a@b@c}", "MRG0121@3,20")]
    [InlineData("{model: a, lora: b+c}", "MRG0121@3,29")]
    [InlineData("{model: {path: ''}}", "MRG0121@3,20")]
    [InlineData("{model: {path: a}, lora: [{path: b, weight: heavy}]}", "MRG0103@3,56")]
    [InlineData("[a]", "MRG0103@3,12")]
    public void OfAnotherFormIsAFinding(string model, string findings) =>
        Assert.Equal(findings.Split(' '), RecipeText.Findings($"merge_method: passthrough\nmodels:\n  - model: {model}\n"));

    [Fact]
    public void SpeltTwoWaysIsTwoModels() => Assert.Equal(["a", "./a"],
        RecipeText.Read("merge_method: linear\nmodels: [{model: a}, {model: ./a}, {model: a}]\nparameters: {weight: 1}\n").Models.Select(model => model.Value.Path));
}
