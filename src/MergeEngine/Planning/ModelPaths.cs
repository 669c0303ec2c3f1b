using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Finds the folders of a recipe's models.</summary>
sealed class ModelPaths(Recipe recipe, PlanningContext context)
{
    /// <summary>An alias, an absolute path, or a path relative to the project and else to the recipe's folder.</summary>
    /// <exception cref="MergeException">MRG0150, MRG0201.</exception>
    public string Find(Placed<ModelReference> model)
    {
        string path = model.Value.Path;
        if (context.Aliases.TryGetValue(path, out string? folder)) return Path.GetFullPath(folder, context.ProjectDirectory);
        if (recipe.Needs.Contains(path)) throw new MergeException(Errors.ResultOfDocument(model.Position, path));
        string[] candidates = path.Contains('\0') ? [path] : [.. Roots.Select(root => Path.GetFullPath(path, root)).Distinct()];
        return candidates.FirstOrDefault(Directory.Exists)
            ?? throw new MergeException(Errors.ModelNotFound(model.Position, path, candidates, context.Aliases.Keys));
    }

    IEnumerable<string> Roots =>
        [context.ProjectDirectory, Path.GetDirectoryName(Path.GetFullPath(recipe.Position.File, context.ProjectDirectory))!];
}
