using MergeEngine.Planning;

namespace MergeEngine.Tests.Planning;

/// <summary>Dossier 2.6-2.9: which value reaches which tensor. Expected values worked out by hand from the recipes.</summary>
public class ResolvedParameters
{
    const string MlpOf = "model.layers.{0}.mlp.up_proj.weight";

    /// <summary>[0, 1] and [1, 0.5, 0] over four layers: t = 0, 1/3, 2/3, 1; outside of the layers t = 0.</summary>
    [Theory]
    [InlineData("model.embed_tokens.weight", 0, 1)]
    [InlineData("model.layers.0.mlp.up_proj.weight", 0, 1)]
    [InlineData("model.layers.1.mlp.up_proj.weight", 1.0 / 3, 1 - 1.0 / 3)]
    [InlineData("model.layers.2.mlp.up_proj.weight", 2.0 / 3, 1 - 2.0 / 3)]
    [InlineData("model.layers.3.mlp.up_proj.weight", 1, 0)]
    [InlineData("model.norm.weight", 0, 1)]
    [InlineData("lm_head.weight", 0, 1)]
    public void OfAGradientFollowTheLayer(string tensor, double first, double second)
    {
        double[] weights = Weights(Plans.OfCase("linear-gradient"), tensor);
        Assert.Equal(first, weights[0], 12);
        Assert.Equal(second, weights[1], 12);
        Assert.Equal(0.1, weights[2]);
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight", 0.9, 1)]
    [InlineData("model.layers.3.mlp.up_proj.weight", 0.8, 1)]
    [InlineData("model.layers.3.self_attn.q_proj.weight", 0, 1)]
    [InlineData("model.norm.weight", 0.5, 1)]
    [InlineData("model.embed_tokens.weight", 0.5, 0.25)]
    public void OfConditionsAreTheFirstThatMatches(string tensor, double first, double second) =>
        Assert.Equal([first, second], Weights(Plans.OfCase("linear-filters"), tensor));

    [Theory]
    [InlineData("model.layers.0.mlp.up_proj.weight", 0.9, 0.4)]
    [InlineData("model.layers.0.self_attn.q_proj.weight", 0.4, 0.4)]
    [InlineData("model.layers.0.input_layernorm.weight", 0.25, 0.25)]
    public void FallThroughWhereNoConditionMatches(string tensor, double first, double second) =>
        Assert.Equal([first, second], Weights(Plans.OfCase("linear-filter-fall-through"), tensor));

    /// <summary>First slice: the slice's 0.7 and the source's 0.2. Second: the recipe's [1, 2], whose t starts again.</summary>
    [Theory]
    [InlineData("model.embed_tokens.weight", 0.7, 0.2, 0)]
    [InlineData("model.layers.1.mlp.up_proj.weight", 0.7, 0.2, 0)]
    [InlineData("model.layers.2.mlp.up_proj.weight", 1, 1, 1)]
    [InlineData("model.layers.3.mlp.up_proj.weight", 2, 2, 1)]
    [InlineData("lm_head.weight", 1, 1, 1)]
    public void AreLookedUpSourceSliceRecipe(string tensor, double first, double second, double normalize)
    {
        MergePlan plan = Plans.OfCase("linear-slice-parameters");
        Assert.Equal([first, second], Weights(plan, tensor));
        Assert.Equal(normalize, plan.Step(tensor).Parameters["normalize"]);
    }

    [Fact]
    public void OfAModuleBeatThoseOfTheRecipe() => Assert.Equal([0.5, 3], Weights(Plans.OfCase("linear-modules-default"), "model.norm.weight"));

    /// <summary>The models give layers 2 and 0 to output layer 0: each filter sees its own model's name.</summary>
    [Fact]
    public void OfAModelAreFilteredByItsOwnNames() => Assert.Equal([3, 2], Weights(Plans.OfCase("linear-slices-filter-names"), string.Format(null, MlpOf, 0)));

    [Fact]
    public void OfTheMethodAreFilteredByOutputNames()
    {
        MergePlan plan = Plans.Of("""
            merge_method: slerp
            base_model: models/llama-4l-a
            slices: [{sources: [{model: models/llama-4l-a, layer_range: [2, 4]}, {model: models/llama-4l-b, layer_range: [2, 4]}]}]
            parameters: {t: [{filter: layers.2., value: 9}, {filter: layers.0., value: 0.25}, {value: 0.5}]}
            """);
        Assert.Equal(0.25, plan.Step(string.Format(null, MlpOf, 0)).Parameters["t"]);
        Assert.Equal(0.5, plan.Step(string.Format(null, MlpOf, 1)).Parameters["t"]);
        Assert.Equal("model.layers.3.mlp.up_proj.weight", plan.Step(string.Format(null, MlpOf, 1)).Sources[0].Tensor.Name);
    }

    [Fact]
    public void OfASliceOfOneLayerHaveTheLastValue()
    {
        MergePlan plan = Plans.Of("merge_method: linear\nslices: [{sources: [{model: models/llama-a, layer_range: [1, 2], parameters: {weight: [0.25, 0.75]}}]}]");
        Assert.Equal([0.75], Weights(plan, string.Format(null, MlpOf, 0)));
        Assert.Equal([0.25], Weights(plan, "model.norm.weight"));
    }

    [Fact]
    public void TakeTheMethodsDefaults()
    {
        MergeStep step = Plans.OfCase("ties-density-above-one").Step("model.norm.weight");
        Assert.Equal([1.5, 1], step.Sources.Where(source => !source.IsBase).Select(source => source.Parameters["density"]));
        Assert.Equal([("int8_mask", 0), ("lambda", 1), ("normalize", 1), ("rescale", 0)],
            step.Parameters.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value)));
    }

    [Fact]
    public void AreNaNForTheBaseAndWhereAnOptionalOneIsNotGiven()
    {
        Assert.Equal(double.NaN, Plans.OfCase("ties-two").Step("model.norm.weight").Sources.Single(source => source.IsBase).Parameters["weight"]);
        MergePlan plan = Plans.OfCase("passthrough-scale-filters");
        Assert.Equal(double.NaN, plan.Step("model.norm.weight").Sources[0].Parameters["scale"]);
        Assert.Equal(-1, plan.Step("lm_head.weight").Sources[0].Parameters["scale"]);
        Assert.Equal(2, plan.Step("model.layers.3.mlp.down_proj.weight").Sources[0].Parameters["scale"]);
    }

    [Fact]
    public void OfAModelNamedTwiceAreTheFirstOnes()
    {
        MergePlan plan = Plans.OfCase("linear-same-model-twice");
        Assert.Equal([0.9, 0.5], Weights(plan, "model.norm.weight"));
        Assert.Equal(7, Plans.Warning(plan, "MRG0158").Position.Line);
    }

    static double[] Weights(MergePlan plan, string tensor) => [.. plan.Step(tensor).Sources.Select(source => source.Parameters["weight"])];
}
