using System.Diagnostics;
using MergeWorker.Protocol;

namespace MergeTasks;

/// <summary>Lets other programs watch a merge: one small JSON file, at most once a second.</summary>
sealed class ProgressFile(string path)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    Stopwatch? sinceLast;

    public void Write(ProgressEvent step)
    {
        if (sinceLast?.Elapsed < Interval) return;
        sinceLast = Stopwatch.StartNew();
        MergeCache.AtomicFile.TryWrite(path, step.ToJson() + "\n");
    }
}
