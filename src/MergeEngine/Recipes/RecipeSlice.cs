namespace MergeEngine.Recipes;

/// <summary>A run of output layers. A list of <c>models</c> is one slice over all layers.</summary>
/// <param name="Sources">At least one; all of one length.</param>
/// <param name="Base">Replaces the recipe's base for this slice.</param>
public sealed record RecipeSlice(
    SourcePosition Position,
    IReadOnlyList<RecipeSource> Sources,
    Placed<ModelReference>? Base,
    IReadOnlyDictionary<string, Setting> Parameters)
{
    /// <summary>True for a list of <c>models</c>.</summary>
    public bool WholeModels => Sources[0].Layers is null;
}
