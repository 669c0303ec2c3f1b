using MergeCache;

namespace MergeWorker;

/// <summary>One document of a recipe file and the model that it makes, as far as it has come.</summary>
/// <param name="owner">The recipe file.</param>
sealed class ModelWork(RecipeDocument document, RecipeWork owner)
{
    public RecipeDocument Document { get; } = document;

    public RecipeWork Owner { get; } = owner;

    public string Name => Document.ModelName;

    /// <summary>It has a folder. Without one it is only computed inside the merges that use it.</summary>
    public bool IsWritten { get; set; } = document.IsModel;

    /// <summary>Models whose folders it reads, because their results cannot be computed inside its merge; by the names that its recipe uses.</summary>
    public Dictionary<string, ModelWork> Reads { get; } = new(StringComparer.Ordinal);

    public ModelStatus Status { get; set; }

    /// <summary>Set from <see cref="ModelStatus.ToRun"/> and <see cref="ModelStatus.UpToDate"/> on.</summary>
    public PlannedModel? Plan { get; set; }

    /// <summary>What this build made; null while it has made nothing.</summary>
    public ModelState? Made { get; set; }
}
