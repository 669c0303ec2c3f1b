using System.Collections.Immutable;
using MergeEngine.Checkpoints;

namespace MergeEngine.Architectures;

/// <summary>One tensor of an architecture, or one per layer: its name with placeholders and what is known about it.</summary>
/// <param name="Name">Name in the output, with <c>{layer}</c> and <c>{layers}</c> where the layer's index and the number of layers stand.</param>
public sealed record TensorTemplate(string Name)
{
    /// <summary>It has one row per token of the vocabulary.</summary>
    public bool IsEmbedding { get; init; }

    /// <summary>Models may lack it. If no model stores it under its name or an alias, the output lacks it too.</summary>
    public bool Optional { get; init; }

    /// <summary>Other names (with placeholders) under which files store it, tried in order after <see cref="Name"/>.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Names of the tensors whose values it shares where a file does not store it; tried last.</summary>
    public ImmutableArray<string> TiedNames { get; init; } = [];

    /// <summary>Element type of the output whatever the recipe says; null: the recipe's.</summary>
    public Dtype? ForcedDtype { get; init; }

    public string NameFor(int layer, int layerCount) => NamePattern.AtLayer(Name, layer, layerCount);

    /// <summary>The names that a file may use for the tensor itself: its name, then the aliases.</summary>
    public IEnumerable<string> OwnNamesFor(int layer, int layerCount) =>
        Aliases.Prepend(Name).Select(name => NamePattern.AtLayer(name, layer, layerCount));

    /// <summary>All names to try when reading, in order: name, aliases, tied names.</summary>
    public IEnumerable<string> NamesFor(int layer, int layerCount) =>
        OwnNamesFor(layer, layerCount).Concat(TiedNames.Select(name => NamePattern.AtLayer(name, layer, layerCount)));

    /// <summary>The tensor of a checkpoint that has the values; null if it has none.</summary>
    public TensorInfo? FindIn(IReadOnlyDictionary<string, TensorInfo> tensors, int layer, int layerCount) =>
        First(tensors, NamesFor(layer, layerCount));

    /// <summary>As <see cref="FindIn"/>, but not by tied names: whether the checkpoint stores this tensor itself.</summary>
    public TensorInfo? FindOwnIn(IReadOnlyDictionary<string, TensorInfo> tensors, int layer, int layerCount) =>
        First(tensors, OwnNamesFor(layer, layerCount));

    public bool Equals(TensorTemplate? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The line of a definition file that says the same; equal for equal templates.</summary>
    public override string ToString() => string.Concat([
        Name,
        IsEmbedding ? " embedding" : "",
        Optional ? " optional" : "",
        .. Aliases.Select(name => $" alias={name}"),
        .. TiedNames.Select(name => $" tied={name}"),
        ForcedDtype is { } dtype ? $" dtype={dtype}" : "",
    ]);

    static TensorInfo? First(IReadOnlyDictionary<string, TensorInfo> tensors, IEnumerable<string> names) =>
        names.Select(tensors.GetValueOrDefault).FirstOrDefault(tensor => tensor is not null);
}
