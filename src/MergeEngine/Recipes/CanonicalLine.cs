namespace MergeEngine.Recipes;

/// <summary>One leaf of a recipe, such as <c>models[0].parameters.weight = 0.4</c>, and where the recipe gives it.</summary>
public sealed record CanonicalLine(string Text, SourcePosition Position);
