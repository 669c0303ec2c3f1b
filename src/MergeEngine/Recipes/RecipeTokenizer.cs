namespace MergeEngine.Recipes;

/// <summary>The vocabulary that a recipe asks for; every model's embeddings are fitted to it before they are merged.</summary>
/// <param name="Tokens">In the order of the text, which is the order of new ids.</param>
/// <param name="PadToMultipleOf">The number of rows becomes a multiple of it; at least 1.</param>
public sealed record RecipeTokenizer(Placed<VocabularySource> Source, IReadOnlyList<RecipeToken> Tokens, int PadToMultipleOf = 1)
{
    /// <summary>Numbers above this are mistakes: the output would be mostly padding.</summary>
    public const int LargestMultiple = 1 << 16;
}
