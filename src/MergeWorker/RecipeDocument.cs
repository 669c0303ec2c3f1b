namespace MergeWorker;

/// <summary>One document of a recipe file.</summary>
/// <param name="ModelName">Name of the model that it makes.</param>
/// <param name="Name">What other documents call it; null: nothing.</param>
/// <param name="Needs">Names of the documents whose models it uses.</param>
/// <param name="Source">The engine's own form.</param>
sealed record RecipeDocument(string ModelName, string? Name, IReadOnlyList<string> Needs, object Source);
