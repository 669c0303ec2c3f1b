namespace MergeEngine.Recipes;

/// <summary>Names an adapter that is folded into a model, and through <see cref="Next"/> those that are folded in after it.</summary>
/// <param name="Path">Folder, hub id or alias of a <c>MergeInput</c>.</param>
/// <param name="Revision">Revision on the hub; null: none.</param>
/// <param name="Weight">Factor of its updates; 1 is the adapter as it was trained.</param>
/// <param name="BaseIsMutated">The model beside it is the one that the adapter's initialisation left behind, not the one that training started from.</param>
public sealed record AdapterReference(string Path, string? Revision = null, double Weight = 1, bool BaseIsMutated = false, AdapterReference? Next = null)
{
    /// <summary>True where the text form of a model can name it: it is alone, and nothing is set for it.</summary>
    public bool HasTextForm => Next is null && Weight == 1 && !BaseIsMutated;

    /// <summary>As the text form writes it; chains and weights have no text form, but need a name in messages.</summary>
    public override string ToString() =>
        Path + (Revision is null ? "" : "@" + Revision) + (Weight == 1 ? "" : FormattableString.Invariant($"*{Weight}")) + (Next is null ? "" : "+" + Next);
}
