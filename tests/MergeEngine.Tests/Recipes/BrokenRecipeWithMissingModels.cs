using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

public sealed class BrokenRecipeWithMissingModels : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("recipe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TellsBothAtOnce()
    {
        string path = Path.Combine(folder, "recipe.yml");
        Directory.CreateDirectory(Path.Combine(folder, "base"));
        File.WriteAllText(path, "merge_method: ties\nbase_model: base\nmodels:\n  - model: gone\n    parameters: {weight: many}\n  - model: {model: {path: lost}}\n    parameters: {weight: 1}\n");
        var context = new PlanningContext { ProjectDirectory = folder };
        var exception = Assert.Throws<MergeException>(() => RecipeFile.Read(path, model => MergePlanner.Missing(model, context)));
        Assert.Equal(
            [("MRG0201", 4, 12), ("MRG0103", 5, 26), ("MRG0201", 6, 12)],
            exception.Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.Position.Line, diagnostic.Position.Column)));
    }
}
