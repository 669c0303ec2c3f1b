using MergeEngine.Output;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Planning;

public class Slices
{
    const string Frankenmerge = """
        merge_method: passthrough
        slices:
          - sources: [{model: models/llama-4l-a, layer_range: [0, 3]}]
          - sources: [{model: models/llama-4l-b, layer_range: [1, 4]}]
        """;

    [Fact]
    public void NumberTheOutputLayersOn()
    {
        MergePlan plan = Plans.Of(Frankenmerge);
        Assert.Equal(["a0", "a1", "a2", "b1", "b2", "b3"], Enumerable.Range(0, 6).Select(layer => plan.Step($"model.layers.{layer}.mlp.up_proj.weight").Sources[0])
            .Select(source => source.Model[^1] + source.Tensor.Name.Split('.')[2]));
        Assert.Equal("models/llama-4l-a", plan.Step("model.embed_tokens.weight").Sources[0].Model);
        Assert.Equal("models/llama-4l-b", plan.Step("lm_head.weight").Sources[0].Model);
    }

    [Fact]
    public void TellTheConfigurationHowManyLayersThereAre()
    {
        Assert.Equal(6, (int)Plans.Of(Frankenmerge).Config()["num_hidden_layers"]!);
    }

    [Fact]
    public void WriteTensorsInArchitectureOrder()
    {
        string[] names = [.. Plans.Of(Frankenmerge).Steps.Select(step => step.Name)];
        Assert.Equal("model.embed_tokens.weight", names[0]);
        Assert.Equal(["model.norm.weight", "lm_head.weight"], names[^2..]);
        Assert.Equal([0, 1, 2, 3, 4, 5], names.Where(name => name.Contains(".layers.", StringComparison.Ordinal)).Select(name => int.Parse(name.Split('.')[2])).Distinct());
    }

    [Fact]
    public void WithoutTheBaseTakeItAsAHiddenSource()
    {
        MergePlan plan = Plans.OfCase("bad-slices-base-missing");
        Assert.Equal([false, true], plan.Step("model.norm.weight").Sources.Select(source => source.IsBase));
        Assert.Equal(4, Plans.Warning(plan, "MRG0157").Position.Line);
        Assert.Equal("models/llama-4l-base", plan.Donor!.Directory[^"models/llama-4l-base".Length..]);
    }

    [Fact]
    public void MayHaveABaseOfTheirOwn()
    {
        MergePlan plan = Plans.OfCase("ties-slices-base-override");
        Assert.Equal("models/llama-4l-b", plan.Step("model.layers.0.mlp.up_proj.weight").Sources.Single(source => source.IsBase).Model);
        Assert.Equal("models/llama-4l-base", plan.Step("model.layers.2.mlp.up_proj.weight").Sources.Single(source => source.IsBase).Model);
    }

    [Fact]
    public void OfOneModelWithTwoRangesAreTwoInputs()
    {
        MergePlan plan = Plans.Of("""
            merge_method: linear
            slices: [{sources: [{model: models/llama-4l-a, layer_range: [0, 1], parameters: {weight: 1}}, {model: models/llama-4l-a, layer_range: [3, 4], parameters: {weight: 2}}]}]
            """);
        Assert.Equal([("model.layers.0.input_layernorm.weight", 1.0), ("model.layers.3.input_layernorm.weight", 2.0)],
            plan.Step("model.layers.0.input_layernorm.weight").Sources.Select(source => (source.Tensor.Name, source.Parameters["weight"])));
        Plans.Warning(plan, "MRG0158");
    }

    [Fact]
    public void WithMoreSourcesAtTheEndKeepThem()
    {
        MergePlan plan = Plans.Of("""
            merge_method: linear
            slices:
              - sources: [{model: models/llama-4l-a, layer_range: [0, 2]}]
              - sources: [{model: models/llama-4l-a, layer_range: [2, 4]}, {model: models/llama-4l-b, layer_range: [2, 4]}]
            parameters: {weight: 1}
            """);
        Assert.Equal(2, plan.Step("lm_head.weight").Sources.Count);
        Assert.Equal(4, Plans.Warning(plan, "MRG0163").Position.Line);
    }

    [Fact]
    public void PastTheEndFailWithMRG0154() => Assert.Equal("MRG0154",
        Plans.Error("merge_method: passthrough\nslices: [{sources: [{model: models/llama-a, layer_range: [0, 3]}]}]").Code);
}
