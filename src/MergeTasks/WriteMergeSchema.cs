using Microsoft.Build.Framework;

namespace MergeTasks;

/// <summary>Has the worker write the JSON schema of recipes, with which editors complete and check them.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteMergeSchema : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    readonly ManualResetEventSlim cancelled = new();

    [Required]
    public string Project { get; set; } = "";

    [Required]
    public string WorkerAssembly { get; set; } = "";

    /// <summary>Full path of the file to write.</summary>
    [Required]
    public string File { get; set; } = "";

    public void Cancel() => cancelled.Set();

    public void Dispose() => cancelled.Dispose();

    public override bool Execute()
    {
        var events = new WorkerEvents(Log, Project, new ProgressFile(File), 0);
        using var worker = new WorkerProcess(WorkerAssembly, "schema", File);
        int exitCode = worker.Run(events.Handle, cancelled);
        if (cancelled.IsSet) events.Cancelled();
        else events.Ended(exitCode);
        if (!Log.HasLoggedErrors) Log.LogMessage(MessageImportance.High, "{0}", $"  recipe schema: {File}");
        return !Log.HasLoggedErrors;
    }
}
