using MergeEngine.LinearAlgebra;

namespace MergeEngine.Planning;

/// <summary>What a plan depends on besides the recipe.</summary>
public sealed record PlanningContext
{
    public const long DefaultShardBytes = 5_000_000_000;

    /// <summary>Full path; relative model paths start here.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>Folders by the names that recipes may use for them: <c>MergeInput</c> items with <c>Alias</c>, results of other recipes.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Plans of recipes by the names that others may use for their results; null: no recipe has that name. Folders and aliases come first, except before other documents of the file.</summary>
    public Func<string, MergePlan?> ResultOf { get; init; } = _ => null;

    /// <summary>Give the plans of one build one cache.</summary>
    public ModelCache Models { get; init; } = new();

    /// <summary>Opens the tokenizer in a model's folder; an <see cref="InvalidDataException"/> says why it cannot. Null: texts cannot be encoded here.</summary>
    public Func<string, ITextEncoder>? TextEncoders { get; init; }

    /// <summary>Bytes of tensor data per output file; a larger tensor has a file of its own. 0: one file.</summary>
    public long ShardBytes { get; init; } = DefaultShardBytes;

    /// <summary>Asked only by recipes that need linear algebra.</summary>
    public LinearAlgebraSource LinearAlgebra { get; init; } = (position, what) => throw new MergeException(Errors.LinearAlgebraOff(position, what));

    /// <summary>Models whose architectures differ are merged by the tensor names of the first one's, where they have those tensors.</summary>
    public bool AllowMixedArchitectures { get; init; }

    /// <summary>The output gets a README.md that says what it was made from, and the recipe beside it.</summary>
    public bool WriteModelCard { get; init; } = true;

    /// <summary>Takes the place of the recipe's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Files of the donor's tokenizer are copied where the recipe asks for no vocabulary of its own.</summary>
    public bool CopyTokenizer { get; init; } = true;
}
