namespace MergeEngine.Recipes;

/// <summary>Names a model as mergekit does: <c>PATH[@REVISION][+ADAPTER[@REVISION]]</c>, or a map with the same parts.</summary>
/// <remarks>Two references are one model only if all parts are equal as text: <c>./a</c> and <c>a</c> are two models.</remarks>
/// <param name="Path">Folder, hub id or alias of a <c>MergeInput</c>.</param>
/// <param name="Revision">Revision on the hub; null: none.</param>
/// <param name="Adapter">The first adapter that is folded in; null: none.</param>
/// <param name="OverrideArchitecture">Replaces <c>architectures</c> of the model's config.json; null: as the model says.</param>
public sealed record ModelReference(
    string Path, string? Revision = null, AdapterReference? Adapter = null, string? OverrideArchitecture = null)
{
    /// <summary>The adapters in the order in which they are folded in.</summary>
    public IEnumerable<AdapterReference> Adapters
    {
        get
        {
            for (AdapterReference? adapter = Adapter; adapter is not null; adapter = adapter.Next) yield return adapter;
        }
    }

    /// <summary>Reads the text form.</summary>
    /// <returns>Null where a part is empty, or there is more than one '+', or more than one '@' in a part.</returns>
    public static ModelReference? Parse(string text)
    {
        string[] parts = text.Split('+');
        if (parts.Length > 2 || Split(parts[0]) is not var (path, revision)) return null;
        if (parts.Length == 1) return new ModelReference(path, revision);
        return Split(parts[1]) is var (adapter, adapterRevision) ? new ModelReference(path, revision, new AdapterReference(adapter, adapterRevision)) : null;
    }

    /// <summary>True where the text form means this reference, so that it may be written so.</summary>
    public bool HasTextForm => Adapter is null or { HasTextForm: true } && Parse(ToString()) == this;

    public override string ToString() =>
        Path + (Revision is null ? "" : "@" + Revision) + (Adapter is null ? "" : "+" + Adapter);

    /// <summary>Reads <c>PATH[@REVISION]</c>.</summary>
    /// <returns>Null where the path is empty, or there is more than one '@'.</returns>
    internal static (string Path, string? Revision)? Split(string part)
    {
        string[] halves = part.Split('@');
        if (halves.Length > 2 || halves[0] == "") return null;
        return (halves[0], halves.Length == 2 && halves[1] != "" ? halves[1] : null);
    }
}
