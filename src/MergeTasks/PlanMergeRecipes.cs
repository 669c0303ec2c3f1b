using MergeCache;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MergeTasks;

/// <summary>The fast path: compares stamps with what the last build recorded, reads no recipe and no weights. What it cannot clear goes to the worker.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanMergeRecipes : Microsoft.Build.Utilities.Task
{
    [Required]
    public ITaskItem[] Recipes { get; set; } = [];

    public ITaskItem[] Inputs { get; set; } = [];

    public ITaskItem[] UpstreamModels { get; set; } = [];

    [Required]
    public string Project { get; set; } = "";

    [Required]
    public string StateDirectory { get; set; } = "";

    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>Merge everything, whatever is up to date.</summary>
    public bool Force { get; set; }

    /// <summary>Recipes whose models are all up to date.</summary>
    [Output]
    public ITaskItem[] UpToDate { get; set; } = [];

    /// <summary>Recipes that the worker has to look at.</summary>
    [Output]
    public ITaskItem[] Stale { get; set; } = [];

    public override bool Execute()
    {
        string modelSettings = RecipeItem.SettingsOf(Inputs, UpstreamModels);
        var now = new Dictionary<string, FileStamp?>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<ITaskItem> upToDate = [], stale = [];
        int models = 0;
        foreach (ITaskItem recipe in Recipes)
        {
            // Two recipes of one name share a state, which proves nothing: the worker names them both.
            RecipeState? state = names.Add(RecipeItem.NameOf(recipe)) && !Force ? RecipeItem.StateOf(recipe, StateDirectory) : null;
            bool current = state?.IsCurrent(RecipeItem.SettingsOf(recipe, modelSettings), OutputDirectory, now) == true;
            (current ? upToDate : stale).Add(recipe);
            if (current) models += state!.Models.Count;
        }
        (UpToDate, Stale) = ([.. upToDate], [.. stale]);
        if (stale.Count == 0) Log.LogMessage(MessageImportance.High, PlanLine.For(Project, models, 0, 0, 0));
        return true;
    }
}
