using MergeWorker.Protocol;

namespace MergeTasks;

/// <summary>What can go wrong with the worker process; everything else it reports itself.</summary>
static class Errors
{
    /// <param name="reason">The first line of the runtime's own report; null: there was none.</param>
    public static DiagnosticEvent WorkerFailed(string project, int exitCode, string? reason) => Error("MRG0900", project,
        $"The merge worker ended with exit code {exitCode}: {reason ?? "it gave no reason"}. No model is half written. Build again; if it fails again, report it with a log made by -bl.");

    public static DiagnosticEvent NotUnderstood(string project, string line, string reason) => Error("MRG0901", project,
        $"The merge worker wrote a line that is not understood ({reason}): {line}. Worker and tasks must be of one version: build them again.");

    public static DiagnosticEvent WorkerKilled(string project) => Error("MRG0902", project,
        "The merge worker was killed, perhaps because memory ran out. No model is half written. Build again, with a smaller MergeMemoryBudget if it happens again.");

    public static DiagnosticEvent Cancelled(string project) => Error("MRG0903", project,
        "The merge was cancelled. Models that were complete are kept; the next build makes the others.");

    static DiagnosticEvent Error(string code, string project, string text) => new("error", code, project, 1, 1, text);
}
