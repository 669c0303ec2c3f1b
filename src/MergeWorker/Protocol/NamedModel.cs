namespace MergeWorker.Protocol;

/// <summary>A <c>MergeInput</c> item, or a model of a referenced merge project.</summary>
/// <param name="Name">What recipes may call it; empty: it has no name, only a pin.</param>
/// <param name="Path">Full path of the folder or file.</param>
/// <param name="Sha256">What its content must be; empty: not pinned.</param>
sealed record NamedModel(string Name, string Path, string Sha256);
