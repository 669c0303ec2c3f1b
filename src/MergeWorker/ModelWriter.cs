using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;

namespace MergeWorker;

/// <summary>Writes a planned model into a folder: the weights by the engine, then everything beside them.</summary>
sealed class ModelWriter(string name, MergePlan plan, string config, IReadOnlyList<SideFile> sideFiles, MergeOptions options, InputDigests inputs)
{
    static readonly string Version = typeof(ModelWriter).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc cref="MergeInto"/>
    public MergedFiles Write(string folder, Action<long, long> progress, CancellationToken stop)
    {
        IReadOnlyList<string> digests = MergeExecutor.Run(plan, folder, options, new Relay(progress), stop);
        OutputTensor[] tensors = [.. plan.Steps.Select((step, i) => new OutputTensor(step.Name, step.Dtype, step.Shape, digests[i]))];
        Checkpoint written = Checkpoint.Open(folder);
        OutputFolder.Write(folder, Description(tensors, written.Files));
        Dictionary<string, string> byName = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Digest, StringComparer.Ordinal);
        return new MergedFiles(
            CheckpointIdentity.Of(tensors),
            written.Tensors.Values.Sum(tensor => tensor.Length),
            written.Tensors.Values.GroupBy(tensor => tensor.File).ToDictionary(
                file => Path.GetFileName(file.Key),
                IReadOnlyList<string> (file) => [.. file.Select(tensor => InputDigests.Line(tensor.Name, byName[tensor.Name]))]));
    }

    OutputDescription Description(IReadOnlyList<OutputTensor> tensors, IEnumerable<string> weightFiles) => new()
    {
        Name = name,
        ConfigText = config,
        SideFiles = sideFiles,
        Method = plan.Recipe.Spec,
        RecipeText = plan.Recipe.CanonicalYaml,
        Base = plan.Recipe.Base?.Value.ToString(),
        Models = [.. plan.References.Select(model => model.Reference.ToString())],
        Seed = plan.Seed,
        ToolVersion = Version,
        EngineRevision = EngineRevision.Value,
        Inputs = [.. plan.References.Select(model => new InputModel(model.Reference.ToString(), [], inputs.Of(plan, model.Reference)))],
        Tensors = tensors,
        WeightFiles = [.. weightFiles.Select(file => new FileFact(Path.GetFileName(file), new FileInfo(file).Length, null))],
    };

    sealed class Relay(Action<long, long> report) : IProgress<MergeProgress>
    {
        public void Report(MergeProgress value) => report(value.Bytes, value.AllBytes);
    }
}
