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
        var current = new Dictionary<ITaskItem, RecipeState>();
        foreach (ITaskItem recipe in Recipes)
        {
            // Two recipes of one name share a state, which proves nothing: the worker names them both.
            RecipeState? state = names.Add(RecipeItem.NameOf(recipe)) && !Force ? RecipeItem.StateOf(recipe, StateDirectory) : null;
            if (state?.IsCurrent(RecipeItem.SettingsOf(recipe, modelSettings), OutputDirectory, now) == true) current.Add(recipe, state);
        }
        RemoveUsersOfStale(current);
        (UpToDate, Stale) = ([.. Recipes.Where(current.ContainsKey)], [.. Recipes.Where(recipe => !current.ContainsKey(recipe))]);
        if (Stale.Length == 0) Log.LogMessage(MessageImportance.High, PlanLine.For(Project, current.Values.Sum(state => state.Models.Count), 0, 0, 0));
        return true;
    }

    /// <summary>A recipe that uses the result of a stale one, or of one that is gone, may be stale too; and so those that use it.</summary>
    static void RemoveUsersOfStale(Dictionary<ITaskItem, RecipeState> current)
    {
        while (true)
        {
            var names = new HashSet<string>(current.Keys.Select(RecipeItem.NameOf), StringComparer.Ordinal);
            ITaskItem[] stale = [.. current.Where(recipe => recipe.Value.Uses.Any(used => !names.Contains(used))).Select(recipe => recipe.Key)];
            if (stale.Length == 0) return;
            foreach (ITaskItem recipe in stale) current.Remove(recipe);
        }
    }
}
