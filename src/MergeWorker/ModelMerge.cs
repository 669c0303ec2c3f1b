using System.Diagnostics;
using MergeCache;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Makes one model: into a hidden folder, then checked, then put in place in one step. Until then its last output is untouched.</summary>
/// <param name="owner">The recipe, whose lock is held.</param>
sealed class ModelMerge(PlannedModel plan, string owner, WorkerFolders folders, EventWriter events)
{
    readonly Stopwatch time = Stopwatch.StartNew();

    /// <returns>What the next build compares with.</returns>
    /// <exception cref="MergeException">MRG0209, MRG0302, or what the merge reports.</exception>
    public ModelState Run(CancellationToken stop)
    {
        string staging = FolderSwap.CreateStaging(folders.OutputDirectory, owner);
        try
        {
            MergedFiles merged = plan.Merge(staging, new ProgressSender(events, plan.Name).Report, stop);
            events.Send(merged.Warnings);
            CheckInputs();
            CheckRecord(merged);
            FolderSwap.Commit(staging, folders.ModelFolder(plan.Name));
            return Record(merged);
        }
        catch (MergeException e)
        {
            throw new MergeException([.. e.Diagnostics.Select(error => InPlace(error, staging))]);
        }
        finally
        {
            RemoveQuietly(staging);
        }
    }

    /// <summary>What was planned and what was merged may be two things if a file changed in between.</summary>
    void CheckInputs()
    {
        foreach (TrackedPath input in plan.Inputs)
            if (!input.IsSame()) throw new MergeException(Errors.InputChanged(input.Path, plan.Name));
    }

    void CheckRecord(MergedFiles merged)
    {
        if (folders.Actions.Find(plan.Key.Key) is { } recorded && recorded != merged.Digest)
            throw new MergeException(Errors.NotReproducible(plan.Position, plan.Name, merged.Digest, recorded, folders.Actions.FileFor(plan.Key.Key)));
    }

    ModelState Record(MergedFiles merged)
    {
        string folder = folders.ModelFolder(plan.Name);
        foreach (var (file, tensors) in merged.Tensors)
            folders.Digests.Store(TrackedPath.See(Path.Combine(folder, file), long.MaxValue), tensors);
        AtomicFile.Write(folders.KeyTextFile(plan.Name), plan.Key.Text);
        folders.Actions.Store(plan.Key.Key, merged.Digest);
        events.Send(new ResultEvent(plan.Name, merged.Digest, merged.Bytes, time.Elapsed.TotalSeconds));
        return new ModelState(plan.Name, plan.Key.Key, merged.Digest, plan.Inputs, Outputs(folder));
    }

    /// <summary>Names the model's folder where an error names the hidden one, which will be gone when somebody reads it.</summary>
    Diagnostic InPlace(Diagnostic error, string staging)
    {
        string folder = folders.ModelFolder(plan.Name);
        return error with
        {
            Position = error.Position with { File = error.Position.File.Replace(staging, folder, StringComparison.Ordinal) },
            Text = error.Text.Replace(staging, folder, StringComparison.Ordinal),
        };
    }

    static List<TrackedPath> Outputs(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => TrackedPath.SeeOutput(folder, Path.GetRelativePath(folder, file))),
    ];

    static void RemoveQuietly(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever went wrong is reported already; the next build removes the folder.
        }
    }
}
