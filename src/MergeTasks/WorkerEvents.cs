using System.Diagnostics;
using System.Text.Json;
using MergeWorker.Protocol;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MergeTasks;

/// <summary>Turns the lines of a worker into log entries. Never gives an end position or a subcategory: matchers of build logs drop such lines.</summary>
/// <param name="upToDate">Models that were up to date without asking the worker.</param>
sealed class WorkerEvents(TaskLoggingHelper log, string project, ProgressFile progress, int upToDate)
{
    /// <summary>What the runtime writes before it ends a process.</summary>
    const string CrashStart = "Unhandled exception. ";

    const int Stopped = 130;
    const int Killed = 137;

    static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    readonly Stopwatch sinceProgress = Stopwatch.StartNew();

    /// <summary>Shown with the plan, so that the terminal logger shows them too.</summary>
    readonly List<string> explanations = [];

    string? crash;

    public void Handle(string line)
    {
        if (!line.StartsWith('{'))
        {
            crash ??= line.StartsWith(CrashStart, StringComparison.Ordinal) ? line[CrashStart.Length..] : null;
            log.LogMessageFromText(line, MessageImportance.Normal);
            return;
        }
        try
        {
            Handle(WorkerEvent.Parse(line));
        }
        catch (JsonException e)
        {
            Log(Errors.NotUnderstood(project, line, e.Message));
        }
    }

    /// <summary>The process has ended by itself.</summary>
    public void Ended(int exitCode)
    {
        if (log.HasLoggedErrors || exitCode == 0) return;
        Log(exitCode switch
        {
            Killed => Errors.WorkerKilled(project),
            Stopped => Errors.Cancelled(project),
            _ => Errors.WorkerFailed(project, exitCode, crash),
        });
    }

    public void Cancelled() => Log(Errors.Cancelled(project));

    void Handle(WorkerEvent entry)
    {
        switch (entry)
        {
            case DiagnosticEvent diagnostic:
                Log(diagnostic);
                break;
            case PlanEvent plan:
                string line = PlanLine.For(project, upToDate + plan.UpToDate, plan.FromCache, plan.ToRun, plan.Failed);
                log.LogMessage(MessageImportance.High, "{0}", string.Join("\n    ", [line, .. explanations]));
                break;
            case ProgressEvent step:
                progress.Write(step);
                if (sinceProgress.Elapsed < ProgressInterval) break;
                sinceProgress.Restart();
                log.LogMessage(MessageImportance.Normal, $"  {step.Model}: {step.Done >> 20} of {step.Total >> 20} MiB");
                break;
            case ResultEvent result:
                log.LogMessage(MessageImportance.High, FormattableString.Invariant($"  {result.Model}: merged, {Size(result.Bytes)} in {result.Seconds:0.00} s, digest {result.Digest[..12]}"));
                break;
        }
    }

    void Log(DiagnosticEvent entry)
    {
        switch (entry.Severity)
        {
            case "error":
                log.LogError(null, entry.Code, null, null, entry.File, entry.Line, entry.Column, 0, 0, "{0}", entry.Text);
                break;
            case "warning":
                log.LogWarning(null, entry.Code, null, null, entry.File, entry.Line, entry.Column, 0, 0, "{0}", entry.Text);
                break;
            default:
                explanations.Add($"{entry.File}({entry.Line},{entry.Column}): message {entry.Code}: {entry.Text}");
                log.LogMessage(null, entry.Code, null, entry.File, entry.Line, entry.Column, 0, 0, MessageImportance.Low, "{0}", entry.Text);
                break;
        }
    }

    static string Size(long bytes) =>
        bytes < 1 << 20 ? FormattableString.Invariant($"{bytes / 1024.0:0.0} KiB") : FormattableString.Invariant($"{bytes / 1048576.0:0.0} MiB");
}
