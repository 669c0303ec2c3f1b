namespace MergeWorker.Protocol;

/// <summary>Metadata of <c>MergeRecipe</c> items that change what a recipe gives.</summary>
static class RecipeMetadata
{
    /// <summary>Largest size of an output file.</summary>
    public const string ShardSize = nameof(ShardSize);

    /// <summary>Start of the random streams; it takes the place of the recipe's.</summary>
    public const string Seed = nameof(Seed);

    /// <summary>true: models of different architectures are merged by the first one's names, if their tensors fit.</summary>
    public const string AllowMixedArchitectures = nameof(AllowMixedArchitectures);

    /// <summary>true: documents that others of the file use are written too.</summary>
    public const string WriteIntermediates = nameof(WriteIntermediates);

    /// <summary>false: no README.md.</summary>
    public const string WriteModelCard = nameof(WriteModelCard);

    /// <summary>false: the donor's tokenizer files are not copied.</summary>
    public const string CopyTokenizer = nameof(CopyTokenizer);

    public static IReadOnlyList<string> All { get; } = [ShardSize, Seed, AllowMixedArchitectures, WriteIntermediates, WriteModelCard, CopyTokenizer];
}
