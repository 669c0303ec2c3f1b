namespace MergeEngine.Recipes;

/// <summary>A value and where the recipe gives it.</summary>
public readonly record struct Placed<T>(T Value, SourcePosition Position);
