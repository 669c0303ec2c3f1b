using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>Low-rank adapter from a fine-tuned model: the task vector of each matrix, as the product of two thin ones.</summary>
/// <remarks>
/// <para>merged = B · A ≈ model − base = U · diag(σ) · Vᵀ, cut to the largest σ: A = diag(√σ) Vᵀ and B = U diag(√σ), without <c>distribute_scale</c> A = diag(σ) Vᵀ and B = U.</para>
/// <para>Source: mergekit 0.1.4, mergekit-extract-lora. The rank may be given by <c>energy</c> as well, the share of Σ σ² to keep.</para>
/// </remarks>
public sealed class ExtractLora : IMergeMethod
{
    public const string Id = "extract_lora";

    /// <summary>Largest rank of a matrix's update.</summary>
    public static readonly Parameter MaxRank = new("max_rank", 128, Min: 1, Max: 1 << 20);

    /// <summary>Both factors take the roots of the singular values, instead of one taking all of them.</summary>
    public static readonly Parameter DistributeScale = new("distribute_scale", 1, Kind: ParameterKind.Boolean);

    /// <summary>Embeddings and head are low-rank too, instead of being stored whole.</summary>
    public static readonly Parameter EmbedLora = new("embed_lora", 0, Kind: ParameterKind.Boolean);

    /// <summary>Singular values up to this are dropped.</summary>
    public static readonly Parameter SvEpsilon = new("sv_epsilon", 0, Min: 0);

    /// <summary>Share of the sum of squared singular values that is kept, with the least rank that does.</summary>
    public static readonly Parameter Energy = new("energy", 1, Min: 0, Max: 1);

    /// <summary>What is no matrix is left out, instead of being stored whole.</summary>
    public static readonly Parameter SkipUndecomposable = new("skip_undecomposable", 0, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } =
        new(Id, "LoRA Extraction", "mergekit 0.1.4", [MaxRank, DistributeScale, EmbedLora, SvEpsilon, Energy, SkipUndecomposable]) { NeedsBase = true, MaxModels = 1, MakesAdapter = true };

    public LazyTensor Merge(MergeInputs inputs) => inputs.Models[0].TaskVector;
}
