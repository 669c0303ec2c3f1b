using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>Short ways to read a recipe in a test.</summary>
static class RecipeText
{
    public const string File = "r.yml";

    /// <summary>A recipe that is right, for tests that add one thing to it.</summary>
    public const string Linear = "merge_method: linear\nmodels:\n  - {model: a, parameters: {weight: 1}}\n  - {model: b, parameters: {weight: 2}}\n";

    public static MergeRecipe Read(string text) => Assert.IsType<MergeRecipe>(Assert.Single(ReadAll(text)));

    public static IReadOnlyList<Recipe> ReadAll(string text) => RecipeFile.Parse(text, File, MethodRegistry.All);

    /// <summary>All findings in short, such as <c>MRG0103@3,7</c>.</summary>
    public static IReadOnlyList<string> Findings(string text)
    {
        try
        {
            return Short(ReadAll(text).SelectMany(recipe => recipe.Warnings));
        }
        catch (MergeException e)
        {
            return Short(e.Diagnostics);
        }
    }

    public static IReadOnlyList<string> Short(IEnumerable<Diagnostic> findings) =>
        [.. findings.Select(finding => $"{finding.Code}@{finding.Position.Line},{finding.Position.Column}")];

    public static IReadOnlyDictionary<string, string> GoldenRecipes { get; } = Directory.GetDirectories(Path.Combine(TestData.Folder, "mergekit"))
        .Order(StringComparer.Ordinal).ToDictionary(folder => Path.GetFileName(folder), folder => Path.Combine(folder, "recipe.yml"));

    /// <summary>The only parameter of the first model of a linear recipe.</summary>
    public static Setting Weight(string value) => Read($"merge_method: linear\nmodels:\n  - model: a\n    parameters: {{weight: {value}}}\n").Modules[0].Slices![0].Sources[0].Parameters["weight"];
}
