namespace MergeWorker.Protocol;

/// <summary>One <c>MergeRecipe</c> item.</summary>
/// <param name="Path">Full path of the recipe file.</param>
/// <param name="Name">Name of its model, and of its state file.</param>
/// <param name="Metadata">The item's metadata of <see cref="RecipeMetadata"/>, as written; what is empty is left out.</param>
/// <param name="Settings">Text to keep with the state: while it is equal, nothing but files can have changed.</param>
sealed record RequestedRecipe(string Path, string Name, IReadOnlyDictionary<string, string> Metadata, string Settings)
{
    /// <summary>A value as written; empty: the default.</summary>
    public string this[string metadata] => Metadata.GetValueOrDefault(metadata, "");
}
