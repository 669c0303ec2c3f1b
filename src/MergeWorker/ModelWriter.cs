using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;

namespace MergeWorker;

/// <summary>Writes a planned model into a folder: the weights by the engine, then everything beside them.</summary>
sealed class ModelWriter(string name, MergePlan plan, MergeOptions options, InputDigests inputs)
{
    static readonly string Version = typeof(ModelWriter).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc cref="MergeInto"/>
    public MergedFiles Write(string folder, Action<long, long> progress, CancellationToken stop)
    {
        MergePlan measured = MergeExecutor.Measure(plan, options, stop);
        (IReadOnlyList<string> digests, IReadOnlyList<Diagnostic> warnings) = MergeExecutor.Run(measured, folder, options, new Relay(progress), stop);
        OutputTensor[] tensors = [.. measured.Outputs.Select((output, i) => new OutputTensor(output.Name, output.Dtype, output.Shape, digests[i]))];
        OutputLayout layout = measured.Layout;
        OutputFolder.Write(folder, Description(measured, tensors, layout));
        return new MergedFiles(
            CheckpointIdentity.Of(tensors),
            layout.TotalSize,
            tensors.Zip(layout.Places).GroupBy(pair => pair.Second.Shard, pair => pair.First).ToDictionary(
                shard => layout.Shards[shard.Key].Name,
                IReadOnlyList<string> (shard) => [.. shard.Select(tensor => InputDigests.Line(tensor.Name, tensor.Digest))]),
            warnings);
    }

    OutputDescription Description(MergePlan plan, IReadOnlyList<OutputTensor> tensors, OutputLayout layout) => new()
    {
        Name = name,
        Adapter = plan.Adapter,
        Texts = plan.Texts,
        SideFiles = plan.SideFiles,
        Method = plan.Recipe.Spec,
        RecipeText = plan.RecipeText,
        RecipeFileName = plan.Recipe.FileName,
        Base = plan.Recipe.Base?.Value.ToString(),
        Models = [.. plan.References.Select(model => model.Reference.ToString())],
        Seed = plan.Seed,
        ToolVersion = Version,
        EngineRevision = EngineRevision.Value,
        Inputs = inputs.Of(plan),
        HubModels = plan.HubModels,
        WriteCard = plan.WriteModelCard,
        Tensors = tensors,
        WeightFiles = [.. layout.Files.Select(file => new FileFact(file.Name, file.Length, null))],
    };

    sealed class Relay(Action<long, long> report) : IProgress<MergeProgress>
    {
        public void Report(MergeProgress value) => report(value.Bytes, value.AllBytes);
    }
}
