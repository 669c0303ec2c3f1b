using MergeEngine.Checkpoints;

namespace MergeEngine.Adapters;

/// <summary>An adapter's folder as far as plans need it: headers and configuration, no weights.</summary>
public sealed class OpenAdapter
{
    static readonly string[] WeightFiles = ["adapter_model.safetensors", "adapter_model.bin"];

    OpenAdapter(Checkpoint checkpoint, AdapterConfig config) => (Checkpoint, Config) = (checkpoint, config);

    public Checkpoint Checkpoint { get; }

    internal AdapterConfig Config { get; }

    /// <summary>Full path of the folder.</summary>
    public string Directory => Checkpoint.Directory;

    /// <summary>Full paths of what was and will be read.</summary>
    public IEnumerable<string> Files => Checkpoint.Files.Append(Config.Path);

    /// <summary>A folder that holds an adapter and no model.</summary>
    /// <returns>The model that the adapter was trained on, as its trainer named it; empty if that is not known. Null for any other folder.</returns>
    internal static string? BaseOfFolder(string directory)
    {
        if (!File.Exists(Path.Combine(directory, AdapterConfig.FileName)) || !WeightFiles.Any(name => File.Exists(Path.Combine(directory, name)))) return null;
        if (System.IO.Directory.EnumerateFiles(directory, "model*.safetensors*").Concat(System.IO.Directory.EnumerateFiles(directory, "pytorch_model*")).Any()) return null;
        try
        {
            return AdapterConfigReader.Read(directory).BaseModel ?? "";
        }
        catch (MergeException)
        {
            return "";
        }
    }

    /// <exception cref="MergeException">All errors of the configuration and the weight file: MRG0209-MRG0237, MRG0281-MRG0285.</exception>
    public static OpenAdapter Open(string directory)
    {
        AdapterConfig config = AdapterConfigReader.Read(directory);
        string? file = WeightFiles.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        return new(Checkpoint.OpenFile(file ?? throw new MergeException(Errors.NoAdapterWeights(directory))), config);
    }
}
