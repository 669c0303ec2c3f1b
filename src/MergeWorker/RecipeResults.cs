using MergeEngine;
using MergeEngine.Planning;

namespace MergeWorker;

/// <summary>Finds the recipes whose results other recipes use, and plans all of them. Writes nothing and reads no weights.</summary>
sealed class RecipeResults(ModelPlanner planner, IReadOnlyList<RecipeWork> recipes)
{
    readonly Dictionary<ModelWork, (MergePlan? Plan, MergeException? Error)> plans = [];
    readonly HashSet<ModelWork> open = [];

    /// <summary>The plan of a model: with the results that it uses inside it, but those that it reads from their folders.</summary>
    /// <exception cref="MergeException">Everything that is wrong, also with the recipes that it uses.</exception>
    /// <exception cref="UnfitResultException">A result has to be written first.</exception>
    public MergePlan PlanOf(ModelWork model) => model.Reads.Count == 0 ? Whole(model) : planner.Plan(model, name => ResultOf(model, name));

    /// <summary>What a recipe calls by the name of a result: another document of its file, or a model of the project.</summary>
    public ModelWork? Find(ModelWork user, string name) => user.Document.Recipe.Needs.Contains(name)
        ? user.Owner.Documents.First(document => document.Document.Name == name)
        : recipes.Where(recipe => name == recipe.Name || name.StartsWith(recipe.Name + ".", StringComparison.Ordinal))
            .SelectMany(Documents).FirstOrDefault(model => model.Name == name);

    /// <summary>Those of a recipe that is up to date are read when they are first looked for.</summary>
    IReadOnlyList<ModelWork> Documents(RecipeWork recipe)
    {
        if (recipe.Documents.Count == 0) recipe.Read(planner);
        return recipe.Documents;
    }

    /// <summary>The plan with all results inside it; made once, as is what is wrong with it.</summary>
    MergePlan Whole(ModelWork model)
    {
        if (!plans.TryGetValue(model, out var known))
        {
            open.Add(model);
            try
            {
                known.Plan = planner.Plan(model, name => ResultOf(model, name));
            }
            catch (MergeException e)
            {
                known.Error = e;
            }
            open.Remove(model);
            plans.Add(model, known);
        }
        return known.Plan ?? throw known.Error!;
    }

    MergePlan? ResultOf(ModelWork user, string name)
    {
        if (user.Reads.ContainsKey(name) || Find(user, name) is not { } model) return null;
        if (open.Contains(model)) throw new MergeException(Errors.RecipeCycle(user.Document.Recipe.Models.First(used => used.Value.Path == name).Position, name, model.Name));
        try
        {
            return Whole(model);
        }
        catch (UnfitResultException unfit)
        {
            // What reads a folder is a folder for others too, so that their keys do not depend on the order of the work.
            throw new UnfitResultException(user.Document.Recipe, new Dictionary<string, string> { [name] = unfit.Reasons.Values.First() });
        }
    }
}
