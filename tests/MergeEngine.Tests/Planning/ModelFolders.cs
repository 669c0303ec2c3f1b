using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

public class ModelFolders
{
    [Fact]
    public void AreFoundBesideTheRecipeToo()
    {
        Recipe recipe = RecipeFile.Parse("merge_method: passthrough\nmodels: [{model: ../models/llama-a}]", Path.Combine(TestData.Folder, "mergekit", "r.yml"), MethodRegistry.All)[0];
        Assert.Equal(Folder("llama-a"), MergePlanner.Plan(recipe, Plans.Context with { ProjectDirectory = Path.Combine(TestData.Folder, "formats") }).Donor!.Directory);
    }

    [Fact]
    public void MayBeAbsolute() => Assert.Equal(Folder("llama-a"), Plans.Of($"merge_method: passthrough\nmodels: [{{model: \"{Folder("llama-a")}\"}}]").Donor!.Directory);

    [Fact]
    public void HaveAliases()
    {
        PlanningContext context = Plans.Context with { Aliases = new Dictionary<string, string> { ["expert"] = "models/llama-b" } };
        MergePlan plan = MergePlanner.Plan(Plans.Read("merge_method: passthrough\nmodels: [{model: expert}]"), context);
        Assert.Equal(Folder("llama-b"), plan.Donor!.Directory);
        Assert.Equal("expert", plan.Steps[0].Sources[0].Model);
    }

    [Fact]
    public void MayStandForModelsOfAHub()
    {
        PlanningContext context = Plans.Context with { Aliases = new Dictionary<string, string> { ["org/expert"] = "models/llama-b", ["expert"] = "models/llama-a" } };
        MergePlan plan = MergePlanner.Plan(Plans.Read("merge_method: linear\nparameters: {weight: 1}\nmodels: [{model: expert}, {model: org/expert}, {model: models/llama-c}]"), context);
        Assert.Equal(["org/expert"], plan.HubModels);
        Assert.Contains("hub model org/expert\n", plan.KeyText(tensor => tensor.Name, []), StringComparison.Ordinal);
    }

    [Fact]
    public void SpeltTwoWaysAreTwoInputsAndOneFolder()
    {
        MergePlan plan = Plans.OfCase("linear-dot-path");
        Assert.Equal(3, plan.Steps[0].Sources.Count);
        Assert.Equal([Folder("llama-a"), Folder("llama-b")], plan.Models.Select(model => model.Directory));
        Assert.Equal(["models/llama-a", "./models/llama-a", "models/llama-b"], plan.References.Select(model => model.Reference.ToString()));
    }

    [Fact]
    public void GiveTheDonor()
    {
        Assert.Equal(Folder("llama-base"), Plans.OfCase("ties-two").Donor!.Directory);
        Assert.Equal(Folder("llama-a"), Plans.OfCase("linear-two").Donor!.Directory);
    }

    [Fact]
    public void AreListedWithTheirFiles()
    {
        string folder = Folder("llama-a-sharded");
        Assert.Equal(
            ["config.json", "model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors", "model.safetensors.index.json"],
            Plans.OfCase("passthrough-copy").InputFiles.Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void HaveNoRevisionToChoose() => Assert.Equal(2, Plans.Warning(Plans.Of("merge_method: passthrough\nmodels: [{model: models/llama-a@main}]"), "MRG0151").Position.Line);

    [Fact]
    public void OfAnotherClassMergeWhereTheRecipeSaysSo()
    {
        MergePlan plan = Plans.OfCase("linear-model-map");
        Assert.Equal(["models/llama-a", "models/mistral-a"], plan.Steps[0].Sources.Select(source => source.Model));
        Assert.Empty(plan.Warnings);
    }

    static string Folder(string model) => Path.Combine(TestData.Folder, "models", model);
}
