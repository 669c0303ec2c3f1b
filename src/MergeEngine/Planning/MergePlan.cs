using MergeEngine.Adapters;
using MergeEngine.Checkpoints;
using MergeEngine.LinearAlgebra;
using MergeEngine.Output;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>All that is to be done for one recipe, of whatever kind: tensors to compute and files to write. Complete and valid as far as headers can show.</summary>
public sealed record MergePlan
{
    public required Recipe Recipe { get; init; }

    /// <summary>One per output tensor, in the architecture's order with layers in numeric order.</summary>
    public required IReadOnlyList<MergeStep> Steps { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Bytes of tensor data per output file; 0: one file.</summary>
    public required long ShardBytes { get; init; }

    /// <summary>Name of the weight files without what follows it: <c>model</c> of model.safetensors.</summary>
    public string WeightsName { get; init; } = OutputLayout.ModelName;

    /// <summary>Gives configuration, tokenizer and side files: the recipe's base, else its first model. Null where nothing is taken over.</summary>
    public OpenModel? Donor { get; init; }

    /// <summary>Every folder that is read, once, also for results.</summary>
    public required IReadOnlyList<OpenModel> Models { get; init; }

    /// <summary>Plans of the recipes whose results are computed inside this merge, by their names, each once and after those that it uses itself.</summary>
    public IReadOnlyList<(string Name, MergePlan Plan)> Results { get; init; } = [];

    /// <summary>Every adapter's folder that is read, once, also for results.</summary>
    public IEnumerable<OpenAdapter> Adapters =>
        References.SelectMany(model => model.Model.Adapters).Concat(Results.SelectMany(result => result.Plan.Adapters)).DistinctBy(adapter => adapter.Directory);

    /// <summary>The models as the recipe names them, in its order, the base first.</summary>
    public required IReadOnlyList<(ModelReference Reference, OpenModel Model)> References { get; init; }

    /// <summary>Files that are written anew: config.json and whatever else the kind of output has.</summary>
    public required IReadOnlyList<OutputText> Texts { get; init; }

    /// <summary>Files that are copied.</summary>
    public required IReadOnlyList<SideFile> SideFiles { get; init; }

    /// <summary>What the output is, if it is an adapter to the donor and no model.</summary>
    public AdapterOutline? Adapter { get; init; }

    /// <summary>What its steps compute with, where they need it.</summary>
    public ILinearAlgebra? LinearAlgebra { get; init; }

    /// <summary>Full paths of other files that planning read, and of folders where a new one would count.</summary>
    public IReadOnlyList<string> LookedAt { get; init; } = [];

    /// <summary>NaN and infinity pass through instead of being an error.</summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>Those of the plan; the recipe has its own.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>false: the output has neither model card nor, beside it, the recipe.</summary>
    public bool WriteModelCard { get; init; } = true;

    /// <summary>Models, also of results, that the recipe names by ids of a hub and the project gives folders.</summary>
    public IReadOnlyList<string> HubModels { get; init; } = [];

    /// <summary>The recipe as YAML, after those of the results in it: a file that gives the same model.</summary>
    public string RecipeText => string.Join("---\n", Results.Select(result => result.Plan.Recipe with { Name = new Placed<string>(result.Name, result.Plan.Recipe.Position) }).Append(Recipe).Select(recipe => recipe.CanonicalYaml));

    /// <summary>Full paths of all files that planning read and merging reads: weights, indexes, configurations.</summary>
    public IEnumerable<string> InputFiles =>
        Models.SelectMany(model => model.Files).Concat(Adapters.SelectMany(adapter => adapter.Files)).Concat(LookedAt).Distinct(StringComparer.Ordinal);

    /// <summary>The input tensors that are read, each once: those whose digests the keys need.</summary>
    public IEnumerable<TensorInfo> InputTensors => Steps.SelectMany(step => step.Sources).SelectMany(source => source.Tensor.Stored).Distinct();

    /// <summary>The tensors that are written, in the order of the steps.</summary>
    public IReadOnlyList<StepOutput> Outputs => [.. Steps.SelectMany(step => step.Outputs)];

    /// <summary>Where the bytes of the outputs go.</summary>
    public OutputLayout Layout => OutputLayout.Create([.. Outputs.Select(output => (output.Name, output.Dtype, output.Shape))], ShardBytes, WeightsName);

    /// <summary>The plan with the ranks that were measured in place of the most that they may be.</summary>
    /// <param name="ranks">By step; null where none was measured.</param>
    internal MergePlan WithRanks(IReadOnlyList<int?> ranks)
    {
        MergeStep[] steps = [.. Steps.Zip(ranks, (step, rank) => rank is { } found ? step with { Factoring = step.Factoring!.Measured(found) } : step)];
        return this with { Steps = steps, Texts = [Adapter!.Config([.. steps.Select(step => step.Factoring).OfType<Factoring>()])] };
    }

    /// <inheritdoc cref="ActionKey.OfTensor"/>
    public string TensorKeyText(MergeStep step, Func<TensorInfo, string> digest) => ActionKey.OfTensor(this, step, digest);

    /// <inheritdoc cref="ActionKey.OfModel"/>
    public IReadOnlyList<CanonicalLine> KeyLines(Func<TensorInfo, string> digest, IEnumerable<(string Name, string Sha256)> files) => ActionKey.OfModel(this, digest, files);

    /// <summary><see cref="KeyLines"/> as one text.</summary>
    public string KeyText(Func<TensorInfo, string> digest, IEnumerable<(string Name, string Sha256)> files) =>
        string.Concat(KeyLines(digest, files).Select(line => line.Text + "\n"));
}
