using System.Text.Json.Nodes;

namespace MergeEngine.Output;

/// <summary>What the output's config.json has that the donor's has not.</summary>
public sealed record ConfigEdits
{
    /// <summary>Name of the element type, such as <c>bfloat16</c>, if the recipe gives <c>out_dtype</c> or <c>dtype</c>; null: the donor's stays.</summary>
    public string? Dtype { get; init; }

    /// <summary>The output stores a head of its own and the donor does not: it must not be loaded as tied to the embeddings.</summary>
    public bool HasOwnHead { get; init; }

    /// <summary>Keys that get a value whatever the donor has; new ones come last.</summary>
    public IReadOnlyList<(string Key, JsonNode? Value)> Values { get; init; } = [];

    public IReadOnlyList<LayerEdit> Layers { get; init; } = [];

    /// <summary>Rows of the embeddings if they differ from the donor's; null: the donor's stays.</summary>
    public long? VocabSize { get; init; }

    /// <summary>Dotted keys for the vocabulary size; those that the donor has are set.</summary>
    public IReadOnlyList<string> VocabSizeKeys { get; init; } = [];
}
