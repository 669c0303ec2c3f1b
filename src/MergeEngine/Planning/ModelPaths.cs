using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Finds the folders of a recipe's models.</summary>
/// <param name="documents">Names that stand for results of other documents.</param>
/// <param name="context">Where to look.</param>
sealed class ModelPaths(IReadOnlyCollection<string> documents, PlanningContext context)
{
    /// <summary>An alias, an absolute path, or a path relative to the project and else to the recipe's folder.</summary>
    /// <exception cref="MergeException">MRG0150, MRG0201.</exception>
    public string Find(Placed<ModelReference> model)
    {
        string path = model.Value.Path;
        if (context.Aliases.TryGetValue(path, out string? folder)) return Path.GetFullPath(folder, context.ProjectDirectory);
        if (documents.Contains(path)) throw new MergeException(Errors.ResultOfDocument(model.Position, path));
        string[] candidates = path.Contains('\0') ? [path] : [.. Roots(model.Position.File).Select(root => Path.GetFullPath(path, root)).Distinct()];
        return candidates.FirstOrDefault(Directory.Exists)
            ?? throw new MergeException(Errors.ModelNotFound(model.Position, path, candidates, context.Aliases.Keys));
    }

    string[] Roots(string recipe) => [context.ProjectDirectory, Path.GetDirectoryName(Path.GetFullPath(recipe, context.ProjectDirectory))!];
}
