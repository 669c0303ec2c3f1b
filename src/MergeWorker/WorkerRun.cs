using MergeCache;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>One request from its start to its end: plan every recipe, say what will run, run it. The failure of one model stops no other.</summary>
sealed class WorkerRun(WorkerRequest request, EventWriter events, CancellationToken stop)
{
    readonly WorkerFolders folders = new(request);

    /// <summary>What several recipes have in common, such as a missing shard, is told once.</summary>
    readonly HashSet<Diagnostic> reported = [];

    /// <returns>false if an error was reported.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public bool Execute()
    {
        if (Planner() is not { } planner) return false;
        RemoveWhatKilledProcessesLeft();
        RecipeWork[] recipes = [.. request.Recipes.Select(recipe => new RecipeWork(recipe, isAsked: true, request, folders, Report))];
        RecipeWork[] others = [.. request.OtherRecipes.Select(recipe => new RecipeWork(recipe, isAsked: false, request, folders, Report))];
        foreach (RecipeWork recipe in recipes) recipe.Read(planner);
        CheckNames(recipes);
        var results = new RecipeResults(planner, [.. recipes, .. others]);
        foreach (RecipeWork recipe in recipes) recipe.Plan(planner, results, stop);
        events.Send(new PlanEvent(
            recipes.Sum(recipe => recipe.UpToDate), 0, recipes.Sum(recipe => recipe.ToRun), recipes.Sum(recipe => recipe.Failed)));
        Run(recipes, planner, results);
        return reported.All(diagnostic => diagnostic.Severity != Severity.Error);
    }

    /// <summary>A model that reads another one's folder may come before it, so recipes are gone through until nothing moves.</summary>
    void Run(RecipeWork[] recipes, ModelPlanner planner, RecipeResults results)
    {
        for (int before = int.MaxValue, now = recipes.Sum(recipe => recipe.ToRun); now > 0 && now < before; before = now, now = recipes.Sum(recipe => recipe.ToRun))
            foreach (RecipeWork recipe in recipes) recipe.Run(planner, results, events, stop);
    }

    /// <returns>null if the project's settings cannot be read.</returns>
    ModelPlanner? Planner()
    {
        ModelPlanner? planner = null;
        FileErrors.Try(() =>
        {
            var options = new OptionValues(request);
            var progress = new ProgressSender(events, "digests of inputs");
            planner = new ModelPlanner(request, folders, options, new InputDigests(folders.Digests, options.Merge.Threads, progress.Report));
        }, request.Project, Report);
        return planner;
    }

    void Report(Diagnostic diagnostic)
    {
        if (reported.Add(diagnostic)) events.Send(diagnostic);
    }

    /// <summary>A model name is a folder: two recipes cannot have it, also not on file systems that ignore case.</summary>
    void CheckNames(RecipeWork[] recipes)
    {
        var owners = request.Taken.Select(taken => (taken.Name, taken.Recipe, Work: (RecipeWork?)null))
            .Concat(recipes.SelectMany(work => work.ModelNames.Select(name => (Name: name, Recipe: work.Path, Work: (RecipeWork?)work))));
        foreach (var same in owners.GroupBy(owner => owner.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            foreach (var (name, recipe, work) in same)
                work?.Fail(Errors.ModelNameTaken(new SourcePosition(recipe), name, same.First(other => other.Work != work || other.Recipe != recipe).Recipe));
        }
    }

    void RemoveWhatKilledProcessesLeft()
    {
        foreach (string owner in FolderSwap.Owners(request.OutputDirectory))
        {
            using FileLock? taken = FileLock.TryTake(folders.LockFile(owner));
            if (taken is not null) FolderSwap.RemoveStaging(request.OutputDirectory, owner);
        }
    }
}
