namespace MergeWorker.Protocol;

/// <summary>One <c>MergeRecipe</c> item.</summary>
/// <param name="Path">Full path of the recipe file.</param>
/// <param name="Name">Name of its model, and of its state file.</param>
/// <param name="ShardSize">Largest size of an output file, as written; empty: the default.</param>
/// <param name="Seed">Start of the random streams, as written; empty: what the recipe says.</param>
/// <param name="Settings">Text to keep with the state: while it is equal, nothing but files can have changed.</param>
sealed record RequestedRecipe(string Path, string Name, string ShardSize, string Seed, string Settings);
