using System.Text.Json.Nodes;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

/// <summary>Short ways to plan a recipe over the golden models.</summary>
static class Plans
{
    public static ModelCache Models { get; } = new();

    public static PlanningContext Context { get; } = new() { ProjectDirectory = TestData.Folder, Models = Models };

    public static MergePlan Of(string text) => MergePlanner.Plan(Read(text), Context);

    /// <summary>The plan of a golden case with one document.</summary>
    public static MergePlan OfCase(string name) => MergePlanner.Plan(CaseRecipe(name), Context);

    public static Recipe CaseRecipe(string name) =>
        RecipeFile.Read(Path.Combine(TestData.Folder, "mergekit", name, "recipe.yml"), MethodRegistry.All)[0];

    /// <summary>Names of the tensors that mergekit wrote.</summary>
    public static IEnumerable<string> CaseTensors(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "mergekit", name, "expected.json")))!["tensors"]!.AsArray().Select(tensor => (string)tensor!["name"]!);

    public static Recipe Read(string text) => RecipeFile.Parse(text, "r.yml", MethodRegistry.All)[0];

    /// <summary>Codes and lines of all findings of a plan that fails.</summary>
    public static IReadOnlyList<Diagnostic> Errors(Recipe recipe, PlanningContext? context = null) =>
        Assert.Throws<MergeException>(() => MergePlanner.Plan(recipe, context ?? Context)).Diagnostics;

    public static Diagnostic Error(string text) => Assert.Single(Errors(Read(text)), finding => finding.Severity == Severity.Error);

    public static Diagnostic Warning(MergePlan plan, string code) => Assert.Single(plan.Warnings, warning => warning.Code == code);

    /// <summary>The config.json that the output gets.</summary>
    public static JsonNode Config(this MergePlan plan) => JsonNode.Parse(plan.Texts.Single(text => text.Name == "config.json").Text)!;

    public static MergeStep Step(this MergePlan plan, string name) => Assert.Single(plan.Steps, step => step.Name == name);
}
