using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Golden;

/// <summary>What is said of a golden recipe when all of its documents are read and planned.</summary>
static class Findings
{
    /// <returns>Errors and warnings; empty where there is nothing to say.</returns>
    /// <param name="name">A folder of tests/data/mergekit.</param>
    public static IReadOnlyList<Diagnostic> Of(string name)
    {
        Dictionary<string, MergePlan> plans = [];
        var context = new PlanningContext { ProjectDirectory = TestData.Folder, ResultOf = plans.GetValueOrDefault };
        List<Diagnostic> findings = [];
        try
        {
            foreach (Recipe recipe in RecipeFile.Read(FileOf(name), model => MergePlanner.Missing(model, context)))
            {
                findings.AddRange(recipe.Warnings);
                MergePlan plan = plans[recipe.Name?.Value ?? ""] = MergePlanner.Plan(recipe, context);
                findings.AddRange(plan.Warnings);
            }
        }
        catch (MergeException e)
        {
            findings.AddRange(e.Diagnostics);
        }
        return findings;
    }

    public static string FileOf(string name) => Path.Combine(TestData.Folder, "mergekit", name, "recipe.yml");

    /// <summary>The place as tables write it: <c>recipe.yml(5,38)</c>, or a model's file below tests/data/models.</summary>
    public static string Place(Diagnostic finding)
    {
        string file = Path.GetRelativePath(Path.Combine(TestData.Folder, "models"), finding.Position.File).Replace('\\', '/');
        if (Path.GetFileName(file) == "recipe.yml") file = "recipe.yml";
        return $"{file}({finding.Position.Line},{finding.Position.Column})";
    }
}
