using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Checkpoints;

/// <summary>Reads index and headers of one folder and gathers all their errors; Git LFS pointers become one error with one command.</summary>
sealed class ShardHeaders(string directory)
{
    readonly List<string> pointers = [];

    public List<Diagnostic> Found { get; } = [];

    /// <summary>The tensors of a weight file; its ending says the format.</summary>
    public IReadOnlyList<TensorInfo>? Read(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal)
        ? Read(name, SafetensorsHeader.TryRead)?.Tensors
        : Read(name, TorchFile.TryRead);

    public ShardIndex? ReadIndex(string name) => Read(name, ShardIndex.TryRead);

    public bool Exists(string name) => File.Exists(Path.Combine(directory, name));

    /// <exception cref="MergeException">All errors so far.</exception>
    public void ThrowIfErrors()
    {
        if (pointers.Count > 0) Found.Insert(0, Errors.GitLfsPointers(directory, pointers));
        if (Found.Count > 0) throw new MergeException(Found);
    }

    T? Read<T>(string name, Func<string, List<Diagnostic>, T?> read) where T : class
    {
        string file = Path.Combine(directory, name);
        if (!GitLfsPointer.Is(file)) return read(file, Found);
        pointers.Add(name);
        return null;
    }
}
