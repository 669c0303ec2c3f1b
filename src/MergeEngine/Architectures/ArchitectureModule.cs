using System.Collections.Immutable;
using System.Globalization;

namespace MergeEngine.Architectures;

/// <summary>A part of an architecture with layers of its own: a decoder, an encoder, a vision tower.</summary>
/// <param name="Name">Name in recipes under <c>modules</c>; <c>default</c> if it is the only one.</param>
/// <param name="LayerKeys">Dotted keys of config.json for the number of layers, of which the first that is there counts; empty: <see cref="FixedLayers"/>.</param>
/// <param name="FixedLayers">Number of layers where the configuration does not say it.</param>
public sealed record ArchitectureModule(string Name, ImmutableArray<string> LayerKeys, int FixedLayers)
{
    const int MostLayers = 100_000;

    /// <summary>Tensors before the layers; they belong to the first slice.</summary>
    public ImmutableArray<TensorTemplate> Pre { get; init; } = [];

    /// <summary>Tensors of every layer.</summary>
    public ImmutableArray<TensorTemplate> Layer { get; init; } = [];

    /// <summary>Tensors after the layers; they belong to the last slice.</summary>
    public ImmutableArray<TensorTemplate> Post { get; init; } = [];

    /// <summary>The key by which this configuration gives the number of layers; null if the number is fixed or the configuration has none of the keys.</summary>
    public string? LayerCountKey(ModelConfig config) => LayerKeys.FirstOrDefault(key => config.Integer(key) is not null);

    /// <exception cref="MergeException">MRG0253: config.json has none of the keys, or the number is negative or above 100,000.</exception>
    public int LayerCount(ModelConfig config)
    {
        if (LayerKeys.IsEmpty) return FixedLayers;
        long? count = LayerCountKey(config) is { } key ? config.Integer(key) : null;
        return count is >= 0 and <= MostLayers ? (int)count : throw new MergeException(Errors.NoLayerCount(config, LayerKeys, count));
    }

    /// <summary>Every tensor of a model with this configuration, in output order: pre, layer by layer, post. Layer is 0 outside the layers.</summary>
    public IEnumerable<(TensorTemplate Template, int Layer)> Tensors(int layerCount) =>
        Pre.Select(template => (template, 0))
            .Concat(Enumerable.Range(0, layerCount).SelectMany(layer => Layer.Select(template => (template, layer))))
            .Concat(Post.Select(template => (template, 0)));

    public bool Equals(ArchitectureModule? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <summary>The module in the words of a definition file; equal for equal modules.</summary>
    public override string ToString() => string.Join('\n', [
        $"module {Name}",
        $"layers {(LayerKeys.IsEmpty ? FixedLayers.ToString(CultureInfo.InvariantCulture) : string.Join(" | ", LayerKeys))}",
        "pre", .. Pre.Select(template => template.ToString()),
        "layer", .. Layer.Select(template => template.ToString()),
        "post", .. Post.Select(template => template.ToString()),
    ]);
}
