using MergeEngine.Checkpoints;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Finds the folders and weight files of a recipe's models.</summary>
/// <param name="documents">Names that stand for results of other documents.</param>
/// <param name="context">Where to look.</param>
sealed class ModelPaths(IReadOnlyCollection<string> documents, PlanningContext context)
{
    /// <summary>The other recipe that the model is the result of; null: the model is a folder.</summary>
    /// <remarks>Another document of the file comes before all folders, a recipe of the project after them: that is how a recipe reads without the project.</remarks>
    /// <exception cref="MergeException">What is wrong with that recipe.</exception>
    public MergePlan? Result(Placed<ModelReference> model)
    {
        string path = model.Value.Path;
        return documents.Contains(path) || !context.Aliases.ContainsKey(path) && !Candidates(model).Any(Exists) ? context.ResultOf(path) : null;
    }

    /// <summary>An alias, an absolute path, or a path relative to the project and else to the recipe's folder.</summary>
    /// <exception cref="MergeException">MRG0150, MRG0201.</exception>
    public string Find(Placed<ModelReference> model)
    {
        string path = model.Value.Path;
        if (context.Aliases.TryGetValue(path, out string? folder)) return Path.GetFullPath(folder, context.ProjectDirectory);
        if (documents.Contains(path)) throw new MergeException(Errors.ResultOfDocument(model.Position, path));
        string[] candidates = Candidates(model);
        return candidates.FirstOrDefault(Exists)
            ?? throw new MergeException(Errors.ModelNotFound(model.Position, path, candidates, context.Aliases.Keys));
    }

    static bool Exists(string path) => Directory.Exists(path) || WeightFiles.Is(path);

    string[] Candidates(Placed<ModelReference> model) => model.Value.Path is var path && path.Contains('\0')
        ? [path]
        : [.. Roots(model.Position.File).Select(root => Path.GetFullPath(path, root)).Distinct()];

    string[] Roots(string recipe) => [context.ProjectDirectory, Path.GetDirectoryName(Path.GetFullPath(recipe, context.ProjectDirectory))!];
}
