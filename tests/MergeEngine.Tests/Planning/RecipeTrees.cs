using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Planning;

/// <summary>Plans of recipes that use each other's results, which need not exist.</summary>
public class RecipeTrees
{
    const string Inner = "name: inner\nmerge_method: linear\nparameters: {weight: 0.5}\nmodels: [{model: models/llama-a}, {model: models/llama-b}]\n---\n";

    const string Outer = "merge_method: linear\nparameters: {weight: 1}\nmodels: [{model: inner}, {model: models/llama-c}]\n";

    [Fact]
    public void ReadTheFoldersOfAllRecipes()
    {
        MergePlan plan = RecipeTree.Of(Inner + Outer).Plan();
        Assert.Equal(["llama-a", "llama-b", "llama-c"], plan.Models.Select(model => Path.GetFileName(model.Directory)).Order(StringComparer.Ordinal));
        Assert.Equal(3, plan.Steps[0].Sources.SelectMany(source => source.Tensor.Stored).Count());
        Assert.Equal("inner", Assert.Single(plan.Results).Name);
    }

    [Fact]
    public void GiveTheDonorOfTheResult()
    {
        MergePlan plan = RecipeTree.Of("""
            name: inner
            merge_method: passthrough
            out_dtype: bfloat16
            slices: [{sources: [{model: models/llama-4l-a, layer_range: [0, 3]}]}, {sources: [{model: models/llama-4l-b, layer_range: [0, 4]}]}]
            ---
            merge_method: passthrough
            slices: [{sources: [{model: inner, layer_range: [1, 7]}]}]
            """).Plan();
        Assert.EndsWith("models/llama-4l-a", plan.Donor!.Directory, StringComparison.Ordinal);
        Assert.Equal(6, (int)plan.Config()["num_hidden_layers"]!);
        Assert.Equal("bfloat16", (string)(plan.Config()["dtype"] ?? plan.Config()["torch_dtype"])!);
        Assert.All(plan.Steps, step => Assert.Equal(Dtype.BF16, step.Dtype));
    }

    [Fact]
    public void HaveTheWholeKeyOfTheResultInTheirs()
    {
        string text = Key(Inner + Outer), before = "input 0 of input 1 parameter weight 0.5\n";
        Assert.Contains("input 0 result F32 [32]\ninput 0 of tensor-key", text, StringComparison.Ordinal);
        Assert.Contains(before, text, StringComparison.Ordinal);
        Assert.NotEqual(text, Key(Inner.Replace("0.5", "0.25", StringComparison.Ordinal) + Outer));
        Assert.Equal(text, Key(Inner.Replace("inner", "other", StringComparison.Ordinal) + Outer.Replace("inner", "other", StringComparison.Ordinal)));
    }

    [Fact]
    public void NameTheChangedLineOfTheOtherRecipe()
    {
        CanonicalLine[] Lines(string text) => [.. RecipeTree.Of(text).Plan().KeyLines(Digest, [])];
        CanonicalLine first = Lines(Inner.Replace("0.5", "0.25", StringComparison.Ordinal) + Outer).Zip(Lines(Inner + Outer)).First(pair => pair.First.Text != pair.Second.Text).First;
        Assert.Equal(("recipe of inner: parameters.weight = 0.25", 3), (first.Text, first.Position.Line));
    }

    [Fact]
    public void WriteResultsWhoseRowsAreCropped()
    {
        var unfit = Assert.Throws<UnfitResultException>(() => RecipeTree.Of(Inner + Outer.Replace("llama-c", "llama-b-vocab120", StringComparison.Ordinal)).Plan());
        Assert.Equal("inner", Assert.Single(unfit.Reasons).Key);
        Assert.Equal(("MRG0138", 8), (unfit.Diagnostics[0].Code, unfit.Diagnostics[0].Position.Line));
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void WriteResultsThatAreNestedTooDeep(int depth, bool fits)
    {
        string text = "name: r0\nmerge_method: passthrough\nmodels: [{model: models/llama-a}]\n---\n"
            + string.Concat(Enumerable.Range(1, depth).Select(i => $"{(i < depth ? $"name: r{i}\n" : "")}merge_method: passthrough\nmodels: [{{model: r{i - 1}}}]\n---\n"))[..^4];
        if (fits) Assert.Equal(depth, RecipeTree.Of(text).Plan().Results.Count);
        else Assert.Equal("r32", Assert.Single(Assert.Throws<UnfitResultException>(() => RecipeTree.Of(text).Plan()).Reasons).Key);
    }

    /// <summary>Every recipe uses both before it, so that inputs would double with each.</summary>
    [Fact]
    public void WriteResultsWithTooManyInputs()
    {
        string Use(int i) => i < 0 ? $"models/llama-{(i == -1 ? "a" : "b")}" : $"r{i}";
        string text = string.Join("---\n", Enumerable.Range(0, 20).Select(i => $"name: r{i}\nmerge_method: linear\nparameters: {{weight: 1}}\nmodels: [{{model: {Use(i - 1)}}}, {{model: {Use(i - 2)}}}]\n"));
        Assert.NotEmpty(Assert.Throws<UnfitResultException>(() => RecipeTree.Of(text).Plan()).Reasons);
    }

    /// <summary>Other documents, then aliases and folders as without a project, then recipes of the project.</summary>
    [Fact]
    public void FindFoldersBeforeOtherRecipesOfTheProject()
    {
        MergePlan other = Plans.OfCase("linear-two");
        PlanningContext context = Plans.Context with { ResultOf = name => other };
        MergePlan Plan(string model) => MergePlanner.Plan(Plans.Read($"merge_method: passthrough\nmodels: [{{model: {model}}}]"), context);
        Assert.Empty(Plan("models/llama-c").Results);
        Assert.Same(other, Assert.Single(Plan("linear-two").Results).Plan);
    }

    static string Key(string text) => RecipeTree.Of(text).Plan() is var plan ? plan.TensorKeyText(plan.Step("model.norm.weight"), Digest) : "";

    static string Digest(TensorInfo tensor) => $"{tensor.Name}@{Path.GetFileName(Path.GetDirectoryName(tensor.File))}";
}
