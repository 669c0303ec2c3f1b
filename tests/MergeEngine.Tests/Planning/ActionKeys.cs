using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

public class ActionKeys
{
    const string Recipe = "merge_method: dare_ties\nbase_model: models/llama-base\nmodels:\n  - {model: models/llama-a, parameters: {weight: 0.1, density: 0.5}}\n  - {model: models/llama-b, parameters: {weight: 1}}\n";

    [Fact]
    public void OfATensorSayEverythingInLines() => Assert.Equal(
        $"""
        tensor-key 1
        engine {EngineRevision.Value}
        method dare_ties {MethodRegistry.All["dare_ties"].Spec.Revision}
        parameter int8_mask 0
        parameter lambda 1
        parameter normalize 0
        parameter rescale 1
        input 0 model 0
        input 0 F32 [32] model.norm.weight@llama-a
        input 0 parameter density 0.5
        input 0 parameter weight 0.1
        input 1 model 1
        input 1 F32 [32] model.norm.weight@llama-b
        input 1 parameter density 1
        input 1 parameter weight 1
        input 2 base
        input 2 F32 [32] model.norm.weight@llama-base
        output F32 [32]
        seed 0
        random tensor model.norm.weight

        """, TensorKey(Plans.Of(Recipe)));

    [Fact]
    public void OfATensorHaveNoSeedWhereNothingIsRandom()
    {
        MergePlan plan = Plans.OfCase("linear-two");
        Assert.Equal(TensorKey(plan), TensorKey(plan with { Seed = 5 }));
        Assert.DoesNotContain("model.norm.weight\n", TensorKey(plan).Replace("@", "\n@", StringComparison.Ordinal).Split("output")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OfATensorSayWhatIsCropped() =>
        Assert.Contains("input 0 view [120, 32]\n", Plans.OfCase("linear-vocab-crop") is var plan ? plan.TensorKeyText(plan.Step("lm_head.weight"), Digest) : "", StringComparison.Ordinal);

    [Fact]
    public void OfATensorAreThoseItDependsOnOnly()
    {
        string changed = Recipe.Replace("weight: 0.1", "weight: [{filter: mlp, value: 0.2}, {value: 0.1}]", StringComparison.Ordinal);
        Assert.Equal(TensorKey(Plans.Of(Recipe)), TensorKey(Plans.Of(changed)));
        Assert.NotEqual(TensorKey(Plans.Of(Recipe), "model.layers.0.mlp.up_proj.weight"), TensorKey(Plans.Of(changed), "model.layers.0.mlp.up_proj.weight"));
    }

    [Theory]
    [InlineData("weight: 0.1", "weight: 0.2")]
    [InlineData("density: 0.5", "density: 0.25")]
    [InlineData("dare_ties", "dare_linear")]
    [InlineData("models/llama-b,", "models/llama-c,")]
    [InlineData("base_model", "seed: 3\nbase_model")]
    [InlineData("base_model", "out_dtype: bfloat16\nbase_model")]
    [InlineData("base_model", "allow_nonfinite: true\nbase_model")]
    [InlineData("base_model", "parameters: {lambda: 0.5}\nbase_model")]
    public void DifferForOtherResults(string found, string replacement)
    {
        string changed = Recipe.Replace(found, replacement, StringComparison.Ordinal);
        Assert.NotEqual(TensorKey(Plans.Of(Recipe)), TensorKey(Plans.Of(changed)));
        Assert.NotEqual(ModelKey(Plans.Of(Recipe)), ModelKey(Plans.Of(changed)));
    }

    [Fact]
    public void OfAModelAreTheSameWhereverFoldersAreAndHoweverTheyAreSharded()
    {
        PlanningContext One(string folder) => Plans.Context with { Aliases = new Dictionary<string, string> { ["expert"] = folder } };
        Recipe recipe = Plans.Read("merge_method: passthrough\nmodels: [{model: expert}]");
        string Key(string folder) => MergePlanner.Plan(recipe, One(folder)).KeyText(tensor => tensor.Name, []);
        Assert.Equal(Key("models/llama-a"), Key(Path.Combine(TestData.Folder, "models", "llama-a-sharded")));
    }

    [Fact]
    public void OfAModelNameTheRecipesLineOfAChange()
    {
        IReadOnlyList<CanonicalLine> old = Plans.Of(Recipe).KeyLines(Digest, []);
        IReadOnlyList<CanonicalLine> changed = Plans.Of(Recipe.Replace("weight: 1}", "weight: 2}", StringComparison.Ordinal)).KeyLines(Digest, []);
        CanonicalLine first = changed.Zip(old).First(pair => pair.First.Text != pair.Second.Text).First;
        Assert.Equal("recipe models[1].parameters.weight = 2", first.Text);
        Assert.Equal(5, first.Position.Line);
    }

    [Fact]
    public void OfAModelNameTheModelWhoseBytesChanged()
    {
        MergePlan plan = Plans.Of(Recipe);
        IReadOnlyList<CanonicalLine> old = plan.KeyLines(Digest, []);
        IReadOnlyList<CanonicalLine> changed = plan.KeyLines(tensor => Digest(tensor) is "model.norm.weight@llama-b" ? "other" : Digest(tensor), []);
        CanonicalLine first = changed.Zip(old).First(pair => pair.First.Text != pair.Second.Text).First;
        Assert.StartsWith("model models/llama-b ", first.Text, StringComparison.Ordinal);
        Assert.Equal(5, first.Position.Line);
    }

    [Fact]
    public void OfAModelHaveItsFilesAndShards()
    {
        MergePlan plan = Plans.Of(Recipe);
        Assert.Contains("file config.json abc\n", plan.KeyText(Digest, [("config.json", "abc")]), StringComparison.Ordinal);
        Assert.NotEqual(ModelKey(plan), ModelKey(plan with { ShardBytes = 1000 }));
    }

    static string TensorKey(MergePlan plan, string name = "model.norm.weight") => plan.TensorKeyText(plan.Step(name), Digest);

    static string ModelKey(MergePlan plan) => plan.KeyText(Digest, []);

    static string Digest(TensorInfo tensor) => $"{tensor.Name}@{Path.GetFileName(Path.GetDirectoryName(tensor.File))}";
}
