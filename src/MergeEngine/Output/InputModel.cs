namespace MergeEngine.Output;

/// <summary>A model that was read.</summary>
/// <param name="Reference">As the recipe names it.</param>
/// <param name="Files">Those of its files that the output depends on as files; not weights, whose layout in files changes nothing.</param>
/// <param name="Digest">Digest of the tensors that were read; null: not known.</param>
public sealed record InputModel(string Reference, IReadOnlyList<FileFact> Files, string? Digest = null)
{
    /// <summary>Adapters that were folded into it, in order; the digest is of the model without them.</summary>
    public IReadOnlyList<InputModel> Adapters { get; init; } = [];

    /// <summary>The reference, but of an absolute path the last part only: the same on every machine, and nobody's folders are shown.</summary>
    public static string Shown(string reference) =>
        reference.StartsWith('~') || Path.IsPathRooted(reference) || (reference.Length > 2 && reference[1] == ':' && reference[2] is '\\' or '/')
            ? reference.TrimEnd('/', '\\').Split('/', '\\')[^1]
            : reference;
}
