namespace MergeEngine.Checkpoints;

/// <summary>All tensors of a model: a folder's single file or its shards. Exists only if index and headers are valid and agree.</summary>
/// <remarks>Safetensors win over torch files, and an index over a single file, as in mergekit. Reads headers, never tensor data.</remarks>
public sealed class Checkpoint
{
    /// <summary>Name of the weight file of a checkpoint that is not sharded.</summary>
    public const string SingleFileName = "model.safetensors";

    /// <summary>The same of a torch checkpoint. Read only where there are no safetensors.</summary>
    public const string TorchFileName = "pytorch_model.bin";

    /// <summary>What is looked for in a folder; the first that is there is the checkpoint.</summary>
    static readonly (string Name, bool IsIndex)[] Layouts =
        [(ShardIndex.FileName, true), (SingleFileName, false), (ShardIndex.TorchFileName, true), (TorchFileName, false)];

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
    /// MRG0207 no weights, MRG0209 not readable, MRG0210-0237 and MRG0260-0277 malformed.</exception>
    public static Checkpoint Open(string directory)
    {
        directory = Path.GetFullPath(directory);
        if (!System.IO.Directory.Exists(directory)) throw new MergeException(Errors.ModelFolderMissing(directory));
        foreach (var (name, isIndex) in Layouts)
        {
            if (!File.Exists(Path.Combine(directory, name))) continue;
            return isIndex ? OpenSharded(directory, name) : OpenSingle(directory, name);
        }
        throw new MergeException(Errors.NoWeights(directory, OtherWeights(directory)));
    }

    /// <summary>A checkpoint that is not written: its tensors are known and lie nowhere.</summary>
    /// <param name="directory">Where side files would come from.</param>
    internal static Checkpoint Planned(string directory, IEnumerable<(string Name, Dtype Dtype, TensorShape Shape)> tensors) => new(
        directory, tensors.Select(tensor => new TensorInfo(tensor.Name, tensor.Dtype, tensor.Shape, "", 0, checked(tensor.Shape.Count * tensor.Dtype.Size()))), [], []);

    /// <summary>Opens one weight file, whatever its name and whatever else is in its folder.</summary>
    /// <param name="file">Ends in .safetensors, or is a file of torch.save.</param>
    /// <exception cref="MergeException">MRG0204 Git LFS pointer, MRG0209 not readable, MRG0210-0232 and MRG0260-0277 malformed.</exception>
    public static Checkpoint OpenFile(string file)
    {
        file = Path.GetFullPath(file);
        return OpenSingle(Path.GetDirectoryName(file)!, Path.GetFileName(file));
    }

    static Checkpoint OpenSingle(string directory, string name)
    {
        var shards = new ShardHeaders(directory);
        var tensors = shards.Read(name);
        shards.ThrowIfErrors();
        return new(directory, tensors!, [Path.Combine(directory, name)], []);
    }

    static Checkpoint OpenSharded(string directory, string name)
    {
        var shards = new ShardHeaders(directory);
        var index = shards.ReadIndex(name);
        shards.ThrowIfErrors();
        var check = new ShardCheck(index!, shards);
        shards.ThrowIfErrors();
        return new(directory, check.Tensors, [index!.File, .. index.Shards.Select(shard => Path.Combine(directory, shard))], check.Warnings);
    }

    static List<string> OtherWeights(string directory) =>
        [.. WeightFiles.SelectMany(pattern => System.IO.Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal)).Select(file => Path.GetFileName(file))];
}
