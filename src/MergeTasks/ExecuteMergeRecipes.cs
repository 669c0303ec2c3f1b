using MergeCache;
using MergeWorker.Protocol;
using Microsoft.Build.Framework;

namespace MergeTasks;

/// <summary>Hands the recipes that may be stale to one worker process and passes on what it says.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExecuteMergeRecipes : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    static readonly TimeSpan OldRequest = TimeSpan.FromHours(1);

    readonly ManualResetEventSlim cancelled = new();

    [Required]
    public ITaskItem[] Recipes { get; set; } = [];

    /// <summary>The project's other recipes.</summary>
    public ITaskItem[] UpToDate { get; set; } = [];

    public ITaskItem[] Inputs { get; set; } = [];

    public ITaskItem[] UpstreamModels { get; set; } = [];

    [Required]
    public string Project { get; set; } = "";

    [Required]
    public string WorkDirectory { get; set; } = "";

    [Required]
    public string StateDirectory { get; set; } = "";

    [Required]
    public string OutputDirectory { get; set; } = "";

    [Required]
    public string CacheDirectory { get; set; } = "";

    [Required]
    public string WorkerAssembly { get; set; } = "";

    public string Threads { get; set; } = "";

    public string MemoryBudget { get; set; } = "";

    public string TileSize { get; set; } = "";

    public string Kernels { get; set; } = "";

    public string Torch { get; set; } = "";

    public string TorchDirectory { get; set; } = "";

    public bool Force { get; set; }

    public bool Explain { get; set; }

    public void Cancel() => cancelled.Set();

    public void Dispose() => cancelled.Dispose();

    public override bool Execute()
    {
        Directory.CreateDirectory(WorkDirectory);
        RemoveOldRequests();
        string requestFile = Path.Combine(WorkDirectory, $"request-{Guid.NewGuid():N}.json");
        Request().Write(requestFile);
        var events = new WorkerEvents(Log, Project, new ProgressFile(Path.Combine(WorkDirectory, "progress.json")), UpToDateModels().Count);
        try
        {
            using var worker = new WorkerProcess(WorkerAssembly, requestFile);
            int exitCode = worker.Run(events.Handle, cancelled);
            if (cancelled.IsSet) events.Cancelled();
            else events.Ended(exitCode);
        }
        finally
        {
            AtomicFile.TryDelete(requestFile);
        }
        return !Log.HasLoggedErrors && !cancelled.IsSet;
    }

    WorkerRequest Request()
    {
        string modelSettings = RecipeItem.SettingsOf(Inputs, UpstreamModels);
        RequestedRecipe[] Requested(ITaskItem[] items) => Array.ConvertAll(items, recipe => RecipeItem.RequestOf(recipe, modelSettings));
        NamedModel[] models =
        [
            .. Inputs.Select(input => new NamedModel(input.GetMetadata("Alias"), RecipeItem.PathOf(input), input.GetMetadata("Sha256"))),
            .. UpstreamModels.Select(model => new NamedModel(model.GetMetadata("ModelName"), RecipeItem.PathOf(model), "")),
        ];
        var options = new RequestedOptions(Threads, MemoryBudget, TileSize, Kernels, Torch, TorchDirectory);
        return new WorkerRequest(
            Project, OutputDirectory, StateDirectory, CacheDirectory, Requested(Recipes), Requested(UpToDate), models, UpToDateModels(), Force, Explain, options);
    }

    List<TakenName> UpToDateModels() =>
    [
        .. from recipe in UpToDate
           let state = RecipeItem.StateOf(recipe, StateDirectory)
           where state is not null
           from model in state.Models
           select new TakenName(model.Name, RecipeItem.PathOf(recipe)),
    ];

    /// <summary>A build that was killed leaves its request behind.</summary>
    void RemoveOldRequests()
    {
        foreach (string file in Directory.GetFiles(WorkDirectory, "request-*.json"))
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > OldRequest) AtomicFile.TryDelete(file);
    }
}
