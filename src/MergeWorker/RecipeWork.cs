using MergeCache;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>One recipe of the request and its models, from reading to the state that the next build finds.</summary>
sealed class RecipeWork(RequestedRecipe recipe, WorkerRequest request, WorkerFolders folders, Action<Diagnostic> report)
{
    readonly List<ModelWork> models = [];
    bool failed;

    public string Path => recipe.Path;

    public IEnumerable<string> ModelNames => models.Count > 0 ? models.Select(model => model.Name) : [recipe.Name];

    public int UpToDate => models.Count(model => model.Status == ModelStatus.UpToDate);

    public int ToRun => models.Count(model => model.Status is ModelStatus.ToRun or ModelStatus.Waiting);

    public int Failed => Math.Max(models.Count(model => model.Status == ModelStatus.Failed), failed ? 1 : 0);

    /// <summary>Reads the file and names its models.</summary>
    public void Read(ModelPlanner planner)
    {
        if (IsFileName(recipe.Name)) Try(() => models.AddRange(RecipeDocument.Read(recipe, model => planner.Missing(recipe, model)).Select(document => new ModelWork(document))));
        foreach (string name in ModelNames.Where(name => !IsFileName(name)))
            Fail(Errors.ModelNameNotAFileName(new SourcePosition(recipe.Path), name));
    }

    /// <summary>Plans every model whose inputs exist already, and finds out which are up to date after all.</summary>
    public void Plan(ModelPlanner planner, CancellationToken stop)
    {
        if (failed) return;
        RecipeState? state = RecipeState.Read(folders.StateFile(recipe.Name));
        foreach (ModelWork model in models)
        {
            if (model.Needs.Any(need => StatusOf(need) != ModelStatus.UpToDate)) model.Status = ModelStatus.Waiting;
            else PlanOne(model, planner, state, stop);
        }
        if (ToRun == 0 && UpToDate > 0) RefreshState();
    }

    /// <summary>Merges what is stale. One process at a time works on a recipe; a second build finds its work done.</summary>
    public void Run(ModelPlanner planner, EventWriter events, CancellationToken stop)
    {
        if (ToRun == 0) return;
        Try(() =>
        {
            using FileLock held = FileLock.Wait(folders.LockFile(recipe.Name), stop);
            FolderSwap.RemoveStaging(folders.OutputDirectory, recipe.Name);
            foreach (ModelWork model in models)
            {
                FolderSwap.Recover(folders.ModelFolder(model.Name));
                if (model.Status == ModelStatus.Waiting) PlanWaiting(model, planner, stop);
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

    void PlanOne(ModelWork model, ModelPlanner planner, RecipeState? state, CancellationToken stop)
    {
        Try(model, () =>
        {
            var results = model.Needs.ToDictionary(need => need, need => folders.ModelFolder(models.First(other => other.DocumentName == need).Name));
            model.Plan = planner.Plan(recipe, model.Document, results, report, stop);
            bool same = !request.Force && IsMade(state?.Find(model.Name), model.Plan);
            model.Status = same ? ModelStatus.UpToDate : ModelStatus.ToRun;
            if (!same && request.Explain) Explain(model.Plan, state?.Find(model.Name));
        });
    }

    void PlanWaiting(ModelWork model, ModelPlanner planner, CancellationToken stop)
    {
        if (model.Needs.All(need => StatusOf(need) == ModelStatus.UpToDate))
            PlanOne(model, planner, RecipeState.Read(folders.StateFile(recipe.Name)), stop);
        else
            model.Status = ModelStatus.Failed;
        if (model.Status == ModelStatus.UpToDate) WriteState();
    }

    void RunOne(ModelWork model, EventWriter events, CancellationToken stop)
    {
        PlannedModel plan = model.Plan!;
        Try(model, () =>
        {
            ModelState? now = RecipeState.Read(folders.StateFile(recipe.Name))?.Find(model.Name);
            if (request.Force || !IsMade(now, plan)) model.Made = new ModelMerge(plan, recipe.Name, folders, events).Run(stop);
            model.Status = ModelStatus.UpToDate;
        });
        WriteState();
    }

    bool IsMade(ModelState? state, PlannedModel plan) => state is not null && state.Key == plan.Key.Key && state.HasItsOutputs(folders.OutputDirectory);

    static bool IsFileName(string name) => System.IO.Path.GetFileName(name) == name && name.Length > 0 && name[0] != '.';

    ModelStatus? StatusOf(string document) => models.Find(model => model.DocumentName == document)?.Status;

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
        var states = models.Select(model =>
        {
            ModelState old = before?.Find(model.Name) ?? ModelState.NeverMade(model.Name);
            if (model.Made is { } made) return made;
            bool unchanged = model is { Status: ModelStatus.UpToDate, Plan: { } plan } && IsMade(old, plan);
            return unchanged ? old with { Inputs = model.Plan!.Inputs } : old with { Inputs = [] };
        });
        var state = new RecipeState(recipe.Settings, [.. states]);
        if (state.ToString() != before?.ToString()) state.Write(folders.StateFile(recipe.Name));
    }

    void Try(Action action)
    {
        if (!FileErrors.Try(action, recipe.Path, report)) failed = true;
    }

    void Try(ModelWork model, Action action)
    {
        if (!FileErrors.Try(action, folders.ModelFolder(model.Name), report)) model.Status = ModelStatus.Failed;
    }
}
