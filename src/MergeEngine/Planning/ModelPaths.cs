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
        return documents.Contains(path) || !context.Aliases.ContainsKey(path) && !Candidates(model.Position, path).Any(Exists) ? context.ResultOf(path) : null;
    }

    /// <summary>An alias, an absolute path, or a path relative to the project and else to the recipe's folder.</summary>
    /// <exception cref="MergeException">MRG0150, MRG0201.</exception>
    public string Find(Placed<ModelReference> model) => Find(model.Position, model.Value.Path);

    /// <summary>The same for an adapter, which is named at the place of its model.</summary>
    /// <exception cref="MergeException">MRG0150, MRG0201.</exception>
    public string Find(SourcePosition position, string path)
    {
        if (context.Aliases.TryGetValue(path, out string? folder)) return Path.GetFullPath(folder, context.ProjectDirectory);
        if (documents.Contains(path)) throw new MergeException(Errors.ResultOfDocument(position, path));
        string[] candidates = Candidates(position, path);
        return candidates.FirstOrDefault(Exists)
            ?? throw new MergeException(Errors.ModelNotFound(position, path, candidates, context.Aliases.Keys));
    }

    static bool Exists(string path) => Directory.Exists(path) || WeightFiles.Is(path);

    string[] Candidates(SourcePosition position, string path) =>
        path.Contains('\0') ? [path] : [.. Roots(position.File).Select(root => Path.GetFullPath(path, root)).Distinct()];

    string[] Roots(string recipe) => [context.ProjectDirectory, Path.GetDirectoryName(Path.GetFullPath(recipe, context.ProjectDirectory))!];
}
