namespace MergeEngine.Recipes;

/// <summary>What a model's row for a token is made of where the model has none of its own.</summary>
/// <param name="Position">Where the recipe says it.</param>
/// <param name="Model">The model that gives a row; null: the row is zero.</param>
/// <param name="Token">The token of that model; null: the one that the row is for, or <paramref name="Id"/>.</param>
/// <param name="Id">The row of that model's table; null: the token's.</param>
public sealed record TokenSource(SourcePosition Position, ModelReference? Model, string? Token = null, int? Id = null);
