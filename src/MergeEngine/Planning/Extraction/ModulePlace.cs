using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Planning.Extraction;

/// <summary>One tensor of the two models.</summary>
/// <param name="Name">Its name in the architecture.</param>
/// <param name="Template">What the architecture knows of it.</param>
/// <param name="IsAfterLayers">It stands after the layers, as heads do.</param>
/// <param name="At">Place in gradients, 0-1.</param>
/// <param name="Base">The base's; null: it has none.</param>
/// <param name="Tuned">The other model's; null: it has none.</param>
sealed record ModulePlace(string Name, TensorTemplate Template, bool IsAfterLayers, double At, TensorInfo? Base, TensorInfo? Tuned)
{
    static readonly string[] LookUps =
    [
        "embed_tokens", "wte", "wpe", "word_embeddings", "tok_embeddings", "token_embedding", "embed_in", "shared", "embed_positions", "position_embeddings", "token_type_embeddings",
    ];

    static readonly string[] Heads = ["lm_head", "embed_out"];

    /// <summary>Everything before the last dot of the name.</summary>
    public string Module { get; } = Name.LastIndexOf('.') is > 0 and int dot ? Name[..dot] : Name;

    /// <summary>What follows: "weight", "bias".</summary>
    public string Leaf => Name.Length > Module.Length ? Name[(Module.Length + 1)..] : "";

    /// <summary>The weight of a linear module, a convolution or an embedding.</summary>
    public bool IsMatrix => Leaf == "weight" && Tuned is { Shape.Rank: >= 2, Dtype: var dtype } && dtype.IsFloat();

    /// <summary>It has one row for each token of the vocabulary.</summary>
    public bool IsVocabulary => Template.IsEmbedding;

    /// <summary>The weight of a module that looks rows up, not of one that multiplies.</summary>
    public bool IsLookUp => IsMatrix && (LookUps.Contains(Last) || IsVocabulary && !IsAfterLayers && !Heads.Contains(Last));

    /// <summary>The models' shapes differ.</summary>
    public bool HasOtherShape => Base is not null && Tuned is not null && !Base.Shape.Equals(Tuned.Shape);

    string Last => Module[(Module.LastIndexOf('.') + 1)..];
}
