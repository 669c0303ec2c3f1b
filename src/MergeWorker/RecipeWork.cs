using MergeCache;
using MergeEngine;
using MergeEngine.Planning;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>One recipe file and its models, from reading to the state that the next build finds.</summary>
/// <param name="recipe">The item.</param>
/// <param name="isAsked">It may have to run; else its models are up to date, and other recipes may use them.</param>
sealed class RecipeWork(RequestedRecipe recipe, bool isAsked, WorkerRequest request, WorkerFolders folders, Action<Diagnostic> report)
{
    IReadOnlyList<ModelWork>? documents;
    bool failed;

    public RequestedRecipe Requested => recipe;

    public string Path => recipe.Path;

    public string Name => recipe.Name;

    /// <summary>All that the file has, also what is only computed inside other merges. Empty until it is read.</summary>
    public IReadOnlyList<ModelWork> Documents => documents ?? [];

    public IEnumerable<string> ModelNames => Documents.Count > 0 ? Documents.Select(model => model.Name) : [recipe.Name];

    public int UpToDate => Models.Count(model => model.Status == ModelStatus.UpToDate);

    public int ToRun => Models.Count(model => model.Status is ModelStatus.ToRun or ModelStatus.Waiting);

    public int Failed => Math.Max(Models.Count(model => model.Status == ModelStatus.Failed), failed ? 1 : 0);

    IEnumerable<ModelWork> Models => Documents.Where(model => model.IsWritten);

    /// <summary>Reads the file and names its models.</summary>
    public void Read(ModelPlanner planner)
    {
        if (IsFileName(recipe.Name)) Try(() => documents = [.. planner.Read(recipe).Select(document => new ModelWork(document, this))]);
        foreach (string name in ModelNames.Where(name => !IsFileName(name)))
            Fail(Errors.ModelNameNotAFileName(new SourcePosition(recipe.Path), name));
    }

    /// <summary>Plans every model whose inputs exist already, and finds out which are up to date after all.</summary>
    public void Plan(ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        if (failed) return;
        foreach (Diagnostic warning in Documents.SelectMany(model => model.Document.Recipe.Warnings)) report(warning);
        foreach (ModelWork model in Documents)
            if (model.IsWritten && model.Status == ModelStatus.Read) PlanOne(model, planner, results, stop);
        if (ToRun == 0 && UpToDate > 0) RefreshState();
    }

    /// <summary>Merges what is stale. One process at a time works on a recipe; a second build finds its work done.</summary>
    public void Run(ModelPlanner planner, RecipeResults results, EventWriter events, CancellationToken stop)
    {
        if (ToRun == 0) return;
        Try(() =>
        {
            using FileLock held = FileLock.Wait(folders.LockFile(recipe.Name), stop);
            FolderSwap.RemoveStaging(folders.OutputDirectory, recipe.Name);
            foreach (ModelWork model in Models)
            {
                FolderSwap.Recover(folders.ModelFolder(model.Name));
                if (model.Status == ModelStatus.Waiting) PlanWaiting(model, planner, results, stop);
                if (model.Status == ModelStatus.ToRun) RunOne(model, events, stop);
            }
        });
    }

    /// <summary>Reports an error that concerns the whole recipe; none of its models will run.</summary>
    public void Fail(Diagnostic error)
    {
        report(error);
        failed = true;
    }

    void PlanOne(ModelWork model, ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        Try(model, () =>
        {
            if (Plan(model, planner, results, stop) is not { } plan) return;
            model.Plan = planner.Complete(recipe, model.Document, plan, report, stop);
            bool same = !request.Force && IsMade(StateOf(model), model.Plan);
            model.Status = same ? ModelStatus.UpToDate : ModelStatus.ToRun;
            if (!same && request.Explain) Explain(model.Plan, StateOf(model));
        });
    }

    /// <summary>The plan, once every result that has to be written for it is written.</summary>
    /// <returns>null: the model waits, or has failed.</returns>
    MergePlan? Plan(ModelWork model, ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        while (true)
        {
            model.Status = model.Reads.Values.Any(read => read.Status == ModelStatus.Failed) ? ModelStatus.Failed
                : model.Reads.Values.Any(read => read.Status != ModelStatus.UpToDate) ? ModelStatus.Waiting
                : ModelStatus.Read;
            if (model.Status != ModelStatus.Read) return null;
            try
            {
                return results.PlanOf(model);
            }
            catch (UnfitResultException unfit)
            {
                foreach (var (name, reason) in unfit.Reasons) ReadWritten(model, name, reason, planner, results, stop);
            }
        }
    }

    void ReadWritten(ModelWork user, string name, string reason, ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        ModelWork read = user.Reads[name] = results.Find(user, name)!;
        report(Errors.ResultWritten(user.Document.Recipe.Models.First(used => used.Value.Path == name).Position, read.Name, name, reason));
        read.IsWritten = true;
        if (read.Status == ModelStatus.Read) read.Owner.PlanForOthers(read, planner, results, stop);
    }

    /// <summary>A recipe that was not asked for is up to date; only what it has never written is not there to be read.</summary>
    void PlanForOthers(ModelWork model, ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        if (isAsked) PlanOne(model, planner, results, stop);
        else model.Status = StateOf(model) is null ? ModelStatus.Failed : ModelStatus.UpToDate;
        if (model.Status == ModelStatus.Failed && !isAsked) report(Errors.ResultMissing(model.Document.Recipe.Position, model.Name));
    }

    void PlanWaiting(ModelWork model, ModelPlanner planner, RecipeResults results, CancellationToken stop)
    {
        PlanOne(model, planner, results, stop);
        if (model.Status == ModelStatus.UpToDate) WriteState();
    }

    void RunOne(ModelWork model, EventWriter events, CancellationToken stop)
    {
        PlannedModel plan = model.Plan!;
        Try(model, () =>
        {
            ModelState? now = StateOf(model);
            if (request.Force || !IsMade(now, plan)) model.Made = new ModelMerge(plan, recipe.Name, folders, events).Run(stop);
            model.Status = ModelStatus.UpToDate;
        });
        WriteState();
    }

    bool IsMade(ModelState? state, PlannedModel plan) => state is not null && state.Key == plan.Key.Key && state.HasItsOutputs(folders.OutputDirectory);

    static bool IsFileName(string name) => System.IO.Path.GetFileName(name) == name && name.Length > 0 && name[0] != '.';

    ModelState? StateOf(ModelWork model) => RecipeState.Read(folders.StateFile(recipe.Name))?.Find(model.Name);

    void Explain(PlannedModel plan, ModelState? state)
    {
        (SourcePosition position, string change) =
            AtomicFile.TryRead(folders.KeyTextFile(plan.Name)) is not { } previous ? (plan.Position, "it has not been merged yet")
            : plan.Key.FirstChange(previous) is { } first ? first
            : (plan.Position, request.Force && state is not null ? "everything is merged again" : "its output is missing or was changed");
        report(Errors.Explanation(position, plan.Name, change));
    }

    /// <summary>Nothing has to run: only stamps have changed. Another build that is at work on the recipe will write the state itself.</summary>
    void RefreshState() => Try(() =>
    {
        using FileLock? held = FileLock.TryTake(folders.LockFile(recipe.Name));
        if (held is not null) WriteState();
    });

    /// <summary>A model that failed keeps what is known of its last output, so that the output stays listed and is not cleaned away.</summary>
    void WriteState()
    {
        RecipeState? before = RecipeState.Read(folders.StateFile(recipe.Name));
        var states = Models.Select(model =>
        {
            ModelState old = before?.Find(model.Name) ?? ModelState.NeverMade(model.Name);
            if (model.Made is { } made) return made;
            bool unchanged = model is { Status: ModelStatus.UpToDate, Plan: { } plan } && IsMade(old, plan);
            return unchanged ? old with { Inputs = model.Plan!.Inputs } : old with { Inputs = [] };
        });
        var state = new RecipeState(recipe.Settings, [.. Uses.Distinct().Order(StringComparer.Ordinal)], [.. states]);
        if (state.ToString() != before?.ToString()) state.Write(folders.StateFile(recipe.Name));
    }

    /// <summary>Other recipes of the project whose results are in these models or are read for them.</summary>
    IEnumerable<string> Uses => Models.SelectMany(model => request.Recipes.Concat(request.OtherRecipes)
        .Where(other => other != recipe && (model.Plan?.Recipes.Contains(other.Path) == true || model.Reads.Values.Any(read => read.Owner.Requested == other)))
        .Select(other => other.Name));

    void Try(Action action)
    {
        if (!FileErrors.Try(action, recipe.Path, report)) failed = true;
    }

    void Try(ModelWork model, Action action)
    {
        if (!FileErrors.Try(action, folders.ModelFolder(model.Name), report)) model.Status = ModelStatus.Failed;
    }
}
