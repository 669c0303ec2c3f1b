namespace MergeEngine.Recipes;

/// <summary>What is merged into one module of the architecture.</summary>
/// <param name="Name">Null where the recipe has no <c>modules</c>: it then holds for every module.</param>
/// <param name="Slices">At least one; null: <c>NAME: null</c>, left out on purpose.</param>
public sealed record RecipeModule(
    string? Name, SourcePosition Position, IReadOnlyList<RecipeSlice>? Slices, IReadOnlyDictionary<string, Setting> Parameters);
