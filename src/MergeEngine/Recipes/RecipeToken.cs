namespace MergeEngine.Recipes;

/// <summary>What a recipe says about one token.</summary>
/// <param name="Text">The token; it becomes part of the vocabulary if it is not.</param>
/// <param name="Source">What its row is made of.</param>
/// <param name="Force">The row takes the place of the models' own rows too.</param>
public sealed record RecipeToken(Placed<string> Text, TokenSource Source, bool Force);
