using System.Text.Json;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>A model with adapters that peft merged into it; see tests/data/peft/README.md.</summary>
sealed class FoldCase
{
    readonly JsonElement json;

    public FoldCase(string name)
    {
        Name = name;
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf("case.json")));
        json = document.RootElement.Clone();
    }

    public static string Folder { get; } = Path.Combine(TestData.Folder, "peft");

    public static IEnumerable<string> All => Directory.EnumerateDirectories(Folder, "fold-*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    public string Name { get; }

    public string Base => json.GetProperty("base").GetString()!;

    public IReadOnlyList<string> Adapters => [.. json.GetProperty("adapters").EnumerateArray().Select(adapter => adapter.GetString()!)];

    /// <summary>One adapter as mergekit's text form names it, several as our chain.</summary>
    public string Model => Adapters is [var only] ? $"{Base}+{only}" : $"{{model: {{path: {Base}}}, lora: [{string.Join(", ", Adapters.Select(adapter => $"{{path: {adapter}}}"))}]}}";

    public MergePlan Plan() => PlanOf($"merge_method: passthrough\nmodels:\n  - model: {Model}\n");

    public static MergePlan PlanOf(string recipe) => MergePlanner.Plan(
        RecipeFile.Parse(recipe, Path.Combine(Folder, "recipe.yml"), MethodRegistry.All).Single(), new PlanningContext { ProjectDirectory = Folder });

    public Dictionary<string, (TensorInfo Info, byte[] Bytes)> Read(string file) => TensorFile.Read(PathOf(file));

    string PathOf(string file) => Path.Combine(Folder, Name, file);
}
