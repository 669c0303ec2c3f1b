using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Planning;

/// <summary>A model's folder as far as plans need it: headers and configuration, no weights.</summary>
public sealed record OpenModel(Checkpoint Checkpoint, ModelConfig Config)
{
    /// <summary>Full path of the folder.</summary>
    public string Directory => Checkpoint.Directory;

    /// <summary>Full paths of what was and will be read: weight files, index, configuration.</summary>
    public IEnumerable<string> Files => Checkpoint.Files.Append(Config.Path);

    /// <exception cref="MergeException">All errors of weights and configuration: MRG0201-MRG0237.</exception>
    public static OpenModel Open(string directory)
    {
        List<Diagnostic> errors = [];
        Checkpoint? checkpoint = MergePlanner.Try(() => Checkpoint.Open(directory), errors);
        ModelConfig? config = System.IO.Directory.Exists(directory) ? MergePlanner.Try(() => ModelConfig.Read(directory), errors) : null;
        return errors.Count == 0 ? new OpenModel(checkpoint!, config!) : throw new MergeException(errors);
    }

    /// <summary>The model with another class in its configuration (<c>override_architecture</c>).</summary>
    public OpenModel WithArchitecture(string name)
    {
        JsonObject root = Config.Clone();
        root["architectures"] = new JsonArray(name);
        return this with { Config = ModelConfig.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), Config.Path) };
    }
}
