using MergeCache;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeWorker;

/// <summary>Digests of stored tensors, each computed once: the table of the cache remembers them between builds and projects.</summary>
/// <param name="progress">Bytes of weights read, and in all.</param>
sealed class InputDigests(DigestTable table, int threads, Action<long, long> progress)
{
    readonly Dictionary<string, WeightFile> files = new(StringComparer.Ordinal);

    /// <summary>Finds or computes the digests of all these tensors.</summary>
    /// <exception cref="MergeEngine.MergeException">MRG0209: a file cannot be read, or has become shorter.</exception>
    public void Add(IEnumerable<TensorInfo> tensors, CancellationToken stop)
    {
        TensorInfo[] missing = [.. tensors.Where(tensor => !FileOf(tensor.File).Digests.ContainsKey(tensor.Name))];
        if (missing.Length == 0) return;
        long total = missing.Sum(tensor => tensor.Length);
        using var reader = new TensorReader();
        string[] digests = CheckpointDigests.Compute(missing, reader, threads, new Relay(done => progress(done, total)), stop);
        for (int i = 0; i < missing.Length; i++) FileOf(missing[i].File).Digests[missing[i].Name] = digests[i];
        foreach (string file in missing.Select(tensor => tensor.File).Distinct()) table.Store(files[file].Seen, files[file].Lines);
    }

    public string Of(TensorInfo tensor) => files[tensor.File].Digests[tensor.Name];

    /// <summary>What a plan reads of its models and the adapters on them, and of those of the results in it, each with its identity; in the order of the recipes.</summary>
    public IReadOnlyList<InputModel> Of(MergePlan plan)
    {
        ILookup<string, TensorInfo> read = plan.Steps.SelectMany(step => step.Sources).SelectMany(Leaves).ToLookup(leaf => leaf.Model, leaf => leaf.Tensor);
        return
        [
            .. plan.Results.Select(result => result.Plan).Append(plan).SelectMany(part => part.References)
                .Where(reference => reference.Model.Plan is null || reference.Model.Adapters.Any()).DistinctBy(reference => reference.Reference.ToString())
                .Select(reference => Of([.. read[reference.Reference.ToString()].Distinct()], reference.Reference, reference.Model)),
        ];
    }

    InputModel Of(TensorInfo[] read, ModelReference reference, OpenModel model)
    {
        string IdentityOf(Func<TensorInfo, bool> isOfIt) =>
            CheckpointIdentity.Of(read.Where(isOfIt).Select(tensor => new OutputTensor(tensor.Name, tensor.Dtype, tensor.Shape, Of(tensor))));
        HashSet<string> ofAdapters = [.. model.Adapters.SelectMany(adapter => adapter.Files)];
        return new InputModel(reference.ToString(), [], IdentityOf(tensor => !ofAdapters.Contains(tensor.File)))
        {
            Adapters = [.. reference.Adapters.Zip(model.Adapters, (named, adapter) => new InputModel(named.Path, [], IdentityOf(tensor => adapter.Files.Contains(tensor.File))))],
        };
    }

    /// <summary>The tensors in files that a source is made of, with the models that they are of.</summary>
    static IEnumerable<(string Model, TensorInfo Tensor)> Leaves(StepSource source) => source.Tensor is MergedTensor merged
        ? merged.Step.Sources.SelectMany(Leaves)
        : source.Tensor.Stored.Select(tensor => (source.Model, tensor));

    /// <summary>The weight file as it was before its tensors were read.</summary>
    public TrackedPath Seen(string file) => files[file].Seen;

    /// <summary>Form of one tensor in the table.</summary>
    public static string Line(string name, string digest) => $"{digest} {name}";

    WeightFile FileOf(string path)
    {
        if (files.TryGetValue(path, out WeightFile? file)) return file;
        TrackedPath seen = TrackedPath.See(path, FileStamp.Now());
        IReadOnlyList<string>? lines = seen.Stamp is { } stamp ? table.Find(path, stamp) : null;
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines ?? [])
            if (line.IndexOf(' ') is > 0 and int space) digests[line[(space + 1)..]] = line[..space];
        files.Add(path, file = new WeightFile(lines is null ? seen : seen with { Young = false }, digests));
        return file;
    }

    /// <param name="Seen">The file before it was read.</param>
    /// <param name="Digests">By tensor name.</param>
    sealed record WeightFile(TrackedPath Seen, Dictionary<string, string> Digests)
    {
        public IEnumerable<string> Lines => Digests.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Line(entry.Key, entry.Value));
    }

    /// <summary>Reports on the thread that has something to report; Progress&lt;T&gt; would queue.</summary>
    sealed class Relay(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
