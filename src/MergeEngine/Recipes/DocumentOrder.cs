namespace MergeEngine.Recipes;

/// <summary>Orders the documents of one file: a document may use another's result by its name (as with mergekit-multi).</summary>
static class DocumentOrder
{
    /// <returns>The recipes with <see cref="Recipe.Needs"/>, each after those that it needs, else in file order.</returns>
    /// <param name="findings">Gets an error for a name given twice, a second document without a name, and a cycle.</param>
    public static IReadOnlyList<Recipe> Sort(IReadOnlyList<Recipe> recipes, List<Diagnostic> findings)
    {
        CheckNames(recipes, findings);
        string[] names = [.. recipes.Select(recipe => recipe.Name?.Value).OfType<string>()];
        List<Recipe> waiting = [.. recipes.Select(recipe => recipe with { Needs = NeedsOf(recipe, names) })];
        List<Recipe> ordered = [];
        while (waiting.FirstOrDefault(recipe => recipe.Needs.All(need => ordered.Any(done => done.Name?.Value == need))) is { } ready)
        {
            ordered.Add(ready);
            waiting.Remove(ready);
        }
        if (waiting.Count > 0) findings.Add(Errors.DocumentCycle(waiting[0].Name?.Position ?? waiting[0].Position, [.. waiting.Select(recipe => recipe.Name?.Value ?? "(no name)")]));
        return ordered;
    }

    static string[] NeedsOf(Recipe recipe, string[] names) =>
        [.. recipe.Models.Select(model => model.Value.Path).Where(names.Contains).Distinct()];

    static void CheckNames(IReadOnlyList<Recipe> recipes, List<Diagnostic> findings)
    {
        foreach (IGrouping<string?, Recipe> same in recipes.GroupBy(recipe => recipe.Name?.Value))
        {
            foreach (Recipe repeated in same.Skip(1))
            {
                SourcePosition position = repeated.Name?.Position ?? repeated.Position;
                findings.Add(same.Key is null ? Errors.SecondUnnamedDocument(position) : Errors.DocumentNameTwice(position, same.Key));
            }
        }
    }
}
