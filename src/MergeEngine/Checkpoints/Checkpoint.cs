namespace MergeEngine.Checkpoints;

/// <summary>All tensors of a model: a folder's single file or its shards. Exists only if index and headers are valid and agree.</summary>
/// <remarks>An index wins over a single file, as in mergekit. Reads headers, never tensor data.</remarks>
public sealed class Checkpoint
{
    /// <summary>Name of the weight file of a checkpoint that is not sharded.</summary>
    public const string SingleFileName = "model.safetensors";

    static readonly string[] WeightFiles = ["*.safetensors", "*.bin", "*.gguf", "*.pt", "*.pth", "*.ckpt", "*.distcp"];

    Checkpoint(string directory, IEnumerable<TensorInfo> tensors, IReadOnlyList<string> files, IReadOnlyList<Diagnostic> warnings)
    {
        (Directory, Files, Warnings) = (directory, files, warnings);
        Tensors = new OrderedDictionary<string, TensorInfo>(
            tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Select(tensor => KeyValuePair.Create(tensor.Name, tensor)), StringComparer.Ordinal);
    }

    /// <summary>Full path of the folder.</summary>
    public string Directory { get; }

    /// <summary>By name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>Full paths: the index, if there is one, and the weight files in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>MRG0238 and MRG0239: what is odd but does no harm.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <param name="directory">The model's folder.</param>
    /// <exception cref="MergeException">All errors of all files: MRG0201 no folder, MRG0204 Git LFS pointer, MRG0206 shard missing,
    /// MRG0207 no weights, MRG0209 not readable, MRG0210-0237 malformed.</exception>
    public static Checkpoint Open(string directory)
    {
        directory = Path.GetFullPath(directory);
        if (!System.IO.Directory.Exists(directory)) throw new MergeException(Errors.ModelFolderMissing(directory));
        if (File.Exists(Path.Combine(directory, ShardIndex.FileName))) return OpenSharded(directory);
        if (File.Exists(Path.Combine(directory, SingleFileName))) return OpenSingle(directory);
        throw new MergeException(Errors.NoWeights(directory, OtherWeights(directory)));
    }

    /// <summary>A checkpoint that is not written: its tensors are known and lie nowhere.</summary>
    /// <param name="directory">Where side files would come from.</param>
    internal static Checkpoint Planned(string directory, IEnumerable<(string Name, Dtype Dtype, TensorShape Shape)> tensors) => new(
        directory, tensors.Select(tensor => new TensorInfo(tensor.Name, tensor.Dtype, tensor.Shape, "", 0, checked(tensor.Shape.Count * tensor.Dtype.Size()))), [], []);

    static Checkpoint OpenSingle(string directory)
    {
        var shards = new ShardHeaders(directory);
        var header = shards.Read(SingleFileName);
        shards.ThrowIfErrors();
        return new(directory, header!.Tensors, [Path.Combine(directory, SingleFileName)], []);
    }

    static Checkpoint OpenSharded(string directory)
    {
        var shards = new ShardHeaders(directory);
        var index = shards.ReadIndex();
        shards.ThrowIfErrors();
        var check = new ShardCheck(index!, shards);
        shards.ThrowIfErrors();
        return new(directory, check.Tensors, [index!.File, .. index.Shards.Select(shard => Path.Combine(directory, shard))], check.Warnings);
    }

    static List<string> OtherWeights(string directory) =>
        [.. WeightFiles.SelectMany(pattern => System.IO.Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal)).Select(file => Path.GetFileName(file))];
}
