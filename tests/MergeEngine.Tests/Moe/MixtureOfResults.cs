using MergeEngine.Planning;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Moe;

/// <summary>Mixtures that use results of other recipes, and the other way round.</summary>
public sealed class MixtureOfResults : IDisposable
{
    const string Inner = "name: inner\nmerge_method: linear\nparameters: {weight: 0.5}\nmodels: [{model: models/llama-a}, {model: models/llama-b}]\n---\n";

    const string Outer = "base_model: models/llama-base\ngate_mode: random\nexperts:\n  - {source_model: inner, residual_scale: 0.5, noise_scale: 0.01}\n  - {source_model: models/llama-c}\n";

    readonly string folder = Directory.CreateTempSubdirectory("moe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(Inner + Outer)]
    [InlineData(Inner + "name: m\n" + Outer + "---\nmerge_method: linear\nmodels: [{model: m, parameters: {weight: 1}}, {model: models/mixtral-a, parameters: {weight: 2}}]\n")]
    [InlineData(Inner + "base_model: inner\ngate_mode: random\nexperts: [{source_model: models/llama-a}, {source_model: models/llama-c}]\n")]
    public void IsThatOfTheWrittenResults(string text)
    {
        RecipeTree tree = RecipeTree.Of(text);
        var atOnce = tree.MergeAtOnce(Path.Combine(folder, "once"), new MergeOptions());
        var oneByOne = tree.MergeOneByOne(folder, new MergeOptions { Threads = 2 });
        Assert.Equal(oneByOne.Keys, atOnce.Keys);
        Assert.All(oneByOne, tensor => Assert.Equal(tensor.Value.Bytes, atOnce[tensor.Key].Bytes));
    }

    [Fact]
    public void NeedsItsBaseWrittenWherePromptsLookUpEmbeddings()
    {
        const string text = Inner + "base_model: inner\ngate_mode: cheap_embed\nexperts: [{source_model: models/llama-a, positive_prompts: ['1']}, {source_model: models/llama-c, positive_prompts: ['2']}]\n";
        RecipeTree tree = RecipeTree.Of(text);
        tree = tree with { Context = tree.Context with { TextEncoders = _ => new NumberedTokens() } };
        Assert.Equal("inner", Assert.Single(Assert.Throws<UnfitResultException>(() => tree.Plan()).Reasons.Keys));
    }
}
