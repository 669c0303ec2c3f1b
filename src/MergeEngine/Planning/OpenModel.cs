using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Adapters;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Output;

namespace MergeEngine.Planning;

/// <summary>A model as far as plans need it: headers and configuration, no weights. A folder, or the result of another recipe that need not exist.</summary>
public sealed record OpenModel(Checkpoint Checkpoint, ModelConfig Config)
{
    IReadOnlyDictionary<string, MergeStep>? steps;

    /// <summary>One weight file, without configuration: its tensors are known by name only.</summary>
    public bool IsFile { get; private init; }

    /// <summary>The recipe whose result this is; null: a folder.</summary>
    public MergePlan? Plan { get; private init; }

    /// <summary>What is folded into it where its tensors are used, in order.</summary>
    public IReadOnlyList<OpenAdapter> Adapters { get; init; } = [];

    /// <summary>Tensors that adapters change, by name.</summary>
    public IReadOnlyDictionary<string, PlannedTensor> Adapted { get; init; } = new Dictionary<string, PlannedTensor>();

    /// <summary>Full path of the folder, or of the weight file; of a result, that of its donor.</summary>
    public string Directory => IsFile ? Checkpoint.Files[0] : Checkpoint.Directory;

    /// <summary>Full paths of what was and will be read: weight files, index, configuration.</summary>
    public IEnumerable<string> Files => Checkpoint.Files.Append(Config.Path);

    /// <summary>What the other recipe would write.</summary>
    /// <exception cref="MergeException">MRG0208: the recipe gives no config.json.</exception>
    public static OpenModel ResultOf(MergePlan plan)
    {
        string file = plan.Donor?.Config.Path ?? plan.Recipe.Position.File;
        string config = plan.Texts.FirstOrDefault(text => text.Name == ModelConfig.FileName)?.Text ?? throw new MergeException(Errors.ConfigMissing(plan.Recipe.Position));
        return new(Checkpoint.Planned(Path.GetDirectoryName(Path.GetFullPath(file))!, plan.Steps.Select(step => (step.Name, step.Dtype, step.Shape))), ModelConfig.Parse(Encoding.UTF8.GetBytes(config), file))
        {
            Plan = plan,
            steps = plan.Steps.ToDictionary(step => step.Name, StringComparer.Ordinal),
        };
    }

    /// <summary>One of its tensors as a source of a merge.</summary>
    /// <param name="reference">What the recipe calls the model.</param>
    /// <param name="tensor">One of the checkpoint's.</param>
    public PlannedTensor Planned(string reference, TensorInfo tensor) =>
        Adapted.GetValueOrDefault(tensor.Name)
        ?? (Plan is null ? new StoredTensor(reference, tensor, tensor.Shape) : new MergedTensor(reference, Plan, steps![tensor.Name]));

    /// <summary>The files that an output takes over from this model, its donor.</summary>
    /// <param name="more">Names that its architecture adds.</param>
    /// <exception cref="MergeException">As <see cref="SideFile.Of"/>.</exception>
    public IReadOnlyList<SideFile> SideFiles(IReadOnlyList<string> more) => Plan?.SideFiles ?? SideFile.Of(Directory, more);

    /// <summary>Files beside config.json that the recipe of a result would write anew.</summary>
    public IEnumerable<OutputText> Texts => Plan?.Texts.Where(text => text.Name != ModelConfig.FileName) ?? [];

    /// <param name="directory">A folder, or a weight file.</param>
    /// <exception cref="MergeException">All errors of weights and configuration: MRG0201-MRG0237, MRG0260-MRG0277.</exception>
    public static OpenModel Open(string directory)
    {
        if (WeightFiles.Is(directory)) return new OpenModel(Checkpoint.OpenFile(directory), ModelConfig.Parse("{}"u8, directory)) { IsFile = true };
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
