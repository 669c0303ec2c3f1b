using MergeCache;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Where the files of a request are.</summary>
sealed class WorkerFolders(WorkerRequest request)
{
    /// <summary>Digests of tensors by weight file.</summary>
    public DigestTable Digests { get; } = new(Path.Combine(request.CacheDirectory, "digests"));

    /// <summary>SHA-256 of whole files, for pins and side files.</summary>
    public DigestTable FileHashes { get; } = new(Path.Combine(request.CacheDirectory, "sha256"));

    public ActionRecords Actions { get; } = new(Path.Combine(request.CacheDirectory, "actions"));

    public string OutputDirectory => request.OutputDirectory;

    /// <summary>The files of this very program: a new version has to look at every recipe once.</summary>
    public IReadOnlyList<string> Tools { get; } =
        [typeof(WorkerFolders).Assembly.Location, typeof(MergeEngine.MergeOptions).Assembly.Location, typeof(MergeTorch.TorchLibrary).Assembly.Location];

    public string ModelFolder(string model) => Path.Combine(request.OutputDirectory, model);

    public string StateFile(string recipe) => RecipeState.FileFor(request.StateDirectory, recipe);

    public string KeyTextFile(string model) => ModelState.KeyTextFile(request.StateDirectory, model);

    public string LockFile(string recipe) => Path.Combine(request.StateDirectory, recipe + ".lock");
}
