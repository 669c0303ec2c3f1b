namespace MergeEngine.Adapters;

/// <summary>What a tensor of an adapter is to its module. See FORMAT.md.</summary>
enum AdapterPart
{
    /// <summary>A tensor in the place of the model's.</summary>
    Replacement,

    /// <summary>[rank, in].</summary>
    A,

    /// <summary>[out, rank].</summary>
    B,

    /// <summary>[out], added to the module's bias.</summary>
    BiasOfB,

    /// <summary>[rank, tokens].</summary>
    EmbeddingA,

    /// <summary>[width, rank].</summary>
    EmbeddingB,

    /// <summary>[out]: the lengths that DoRA learned.</summary>
    Magnitudes,

    /// <summary>[trained tokens, width].</summary>
    TrainedRows,
}
