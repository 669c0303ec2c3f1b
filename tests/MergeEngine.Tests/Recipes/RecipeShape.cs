using MergeEngine.Checkpoints;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>What the forms of a recipe mean, and what is refused about them.</summary>
public class RecipeShape
{
    [Fact]
    public void OfModelsIsOneSliceOverAllLayers()
    {
        RecipeModule module = Assert.Single(RecipeText.Read(RecipeText.Linear).Modules);
        Assert.Null(module.Name);
        RecipeSlice slice = Assert.Single(module.Slices!);
        Assert.True(slice.WholeModels);
        Assert.Equal(["a", "b"], slice.Sources.Select(source => source.Model.Value.Path));
    }

    [Fact]
    public void OfModulesKeepsTheirNamesAndLeavesOutNull()
    {
        MergeRecipe recipe = RecipeText.Read("merge_method: linear\nmodules:\n  encoder: {models: [{model: a}], parameters: {weight: 1}}\n  decoder: null\n");
        Assert.Equal(["encoder", "decoder"], recipe.Modules.Select(module => module.Name));
        Assert.Equal([false, true], recipe.Modules.Select(module => module.Slices is null));
        Assert.Contains("modules.decoder = null", recipe.CanonicalLines.Select(line => line.Text));
    }

    [Fact]
    public void OfOurExtensionsIsRead()
    {
        MergeRecipe recipe = RecipeText.Read(RecipeText.Linear + "seed: 18446744073709551615\nallow_nonfinite: true\nallow_dropped_tensors: no\nout_dtype: torch.float16\n");
        Assert.Equal(ulong.MaxValue, recipe.Seed!.Value.Value);
        Assert.True(recipe.AllowNonfinite!.Value.Value);
        Assert.False(recipe.AllowDroppedTensors!.Value.Value);
        Assert.Equal(Dtype.F16, recipe.OutDtype!.Value.Value);
    }

    [Fact]
    public void TakesLayerNumbersAsTextOrWholeFloats()
    {
        MergeRecipe recipe = RecipeText.Read("merge_method: passthrough\nslices: [{sources: [{model: a, layer_range: [\"3\", 4.0]}]}]");
        Assert.Equal(new LayerRange(3, 4), recipe.Modules[0].Slices![0].Sources[0].Layers!.Value.Value);
    }

    [Theory]
    [InlineData("seed: -1", "MRG0103@5,7")]
    [InlineData("seed: 1.5", "MRG0103@5,7")]
    [InlineData("allow_nonfinite: 1", "MRG0103@5,18")]
    [InlineData("dtype: 32", "MRG0103@5,8")]
    [InlineData("dtype: int64", "MRG0109@5,8")]
    [InlineData("parameters: []", "MRG0103@5,13")]
    [InlineData("base_model: [a]", "MRG0103@5,13")]
    [InlineData("base_model: null", null)]
    [InlineData("tokenizer: {source: 3}", "MRG0103@5,21")]
    [InlineData("tokenizer: {tokens: {a: {source: {kind: model_token, model: a}}}}", "MRG0108@5,34")]
    [InlineData("tokenizer: {tokens: {a: {force: true}}}", "MRG0104@5,25")]
    [InlineData("tokenizer: {pad_to_multiple_of: -8}", "MRG0103@5,33")]
    [InlineData("tokenizer: {pad_to_multiple_of: 100000}", "MRG0103@5,33")]
    [InlineData("tokenizer: {tokens: {a: {source: {kind: model_token, model: a, token_id: -1}}}}", "MRG0103@5,74")]
    [InlineData("tokenizer: {tokens: {a: {source: {kind: nought}}}}", "MRG0103@5,41")]
    [InlineData("tokenizer_source: union\ntokenizer: {source: base}", "MRG0124@6,12")]
    public void OfAWrongTypeIsAFinding(string line, string? findings) =>
        Assert.Equal((findings?.Split(' ') ?? []).Order(), RecipeText.Findings(RecipeText.Linear + line).Order());

    [Theory]
    [InlineData("slices: [{sources: [{model: a, layer_range: [-1, 2]}]}]", "MRG0126@2,45")]
    [InlineData("slices: [{sources: [{model: a, layer_range: [0.5, 2]}]}]", "MRG0103@2,46")]
    [InlineData("slices: [{sources: []}]", "MRG0104@2,20")]
    [InlineData("slices: {sources: []}", "MRG0103@2,9")]
    [InlineData("models: [a, b]", "MRG0103@2,10 MRG0103@2,13")]
    [InlineData("modules: {default: {}}", "MRG0108@2,20")]
    [InlineData("modules: [a]", "MRG0103@2,10")]
    [InlineData("modules: {default: null}", "MRG0108@1,1")]
    public void OfAWrongFormIsAFinding(string line, string findings) => Assert.Equal(findings.Split(' '), RecipeText.Findings("merge_method: passthrough\n" + line));

    [Fact]
    public void NeedsAMethod() => Assert.Equal(["MRG0104@1,1"], RecipeText.Findings("models: [{model: a}]"));

    [Fact]
    public void TakesTheBaseFromEverySlice() => Assert.Empty(RecipeText.Findings(
        "merge_method: slerp\nslices: [{base_model: a, sources: [{model: a, layer_range: [0, 1]}, {model: b, layer_range: [0, 1]}]}]\nparameters: {t: 0.5}"));
}
