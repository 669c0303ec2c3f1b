using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Execution;

/// <summary>The documents of one text, planned so that each is computed inside those that use it, or written one after the other.</summary>
/// <param name="Recipes">In the order of their needs.</param>
/// <param name="Context">Where their models are.</param>
sealed record RecipeTree(IReadOnlyList<Recipe> Recipes, PlanningContext Context)
{
    public static RecipeTree Of(string text, string? models = null) =>
        new(RecipeFile.Parse(text, "tree.yml", MethodRegistry.All), new PlanningContext { ProjectDirectory = models ?? TestData.Folder });

    public static RecipeTree OfCase(string name) =>
        new(RecipeFile.Read(Path.Combine(TestData.Folder, "mergekit", name, "recipe.yml")), new PlanningContext { ProjectDirectory = TestData.Folder });

    /// <summary>The plan of the last recipe, which has those of the others in it.</summary>
    public MergePlan Plan()
    {
        Dictionary<string, MergePlan> done = [];
        MergePlan plan = null!;
        foreach (Recipe recipe in Recipes)
        {
            plan = MergePlanner.Plan(recipe, Context with { ResultOf = name => done.GetValueOrDefault(name) });
            if (recipe.Name is { } name) done.Add(name.Value, plan);
        }
        return plan;
    }

    /// <summary>Merges into a folder, with the results of the other recipes written below it.</summary>
    public Dictionary<string, (TensorInfo Info, byte[] Bytes)> MergeOneByOne(string folder, MergeOptions options)
    {
        var aliases = new Dictionary<string, string>();
        string last = "";
        foreach (Recipe recipe in Recipes)
        {
            MergePlan plan = MergePlanner.Plan(recipe, Context with { Aliases = aliases, Models = new ModelCache() });
            last = Path.Combine(folder, recipe.Name?.Value ?? "last");
            Write(plan, last, options);
            if (recipe.Name is { } name) aliases.Add(name.Value, last);
        }
        return TensorFile.ReadCheckpoint(last);
    }

    /// <summary>Merges the last recipe alone.</summary>
    public Dictionary<string, (TensorInfo Info, byte[] Bytes)> MergeAtOnce(string folder, MergeOptions options)
    {
        Write(Plan(), folder, options);
        return TensorFile.ReadCheckpoint(folder);
    }

    static void Write(MergePlan plan, string folder, MergeOptions options)
    {
        MergeExecutor.Run(plan, folder, options, null, CancellationToken.None);
        foreach (var text in plan.Texts) File.WriteAllText(Path.Combine(folder, text.Name), text.Text);
    }
}
