using MergeCache;

namespace MergeWorker;

/// <summary>One model of a recipe, as far as it has come.</summary>
sealed class ModelWork(RecipeDocument document)
{
    public RecipeDocument Document { get; } = document;

    public string Name => Document.ModelName;

    /// <summary>What other documents of the file call it; null: nothing.</summary>
    public string? DocumentName => Document.Name;

    public IReadOnlyList<string> Needs => Document.Recipe.Needs;

    public ModelStatus Status { get; set; }

    /// <summary>Set from <see cref="ModelStatus.ToRun"/> and <see cref="ModelStatus.UpToDate"/> on.</summary>
    public PlannedModel? Plan { get; set; }

    /// <summary>What this build made; null while it has made nothing.</summary>
    public ModelState? Made { get; set; }
}
