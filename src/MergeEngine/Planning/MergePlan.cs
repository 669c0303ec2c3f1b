using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Output;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>All that is to be done for one recipe. Complete and valid as far as headers can show.</summary>
public sealed record MergePlan
{
    public required Recipe Recipe { get; init; }

    /// <summary>One per output tensor, in the architecture's order with layers in numeric order.</summary>
    public required IReadOnlyList<MergeStep> Steps { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Bytes of tensor data per output file; 0: one file.</summary>
    public required long ShardBytes { get; init; }

    public required Architecture Architecture { get; init; }

    /// <summary>Gives configuration, tokenizer and side files: the recipe's base, else its first model.</summary>
    public required OpenModel Donor { get; init; }

    /// <summary>Every folder that is read, once.</summary>
    public required IReadOnlyList<OpenModel> Models { get; init; }

    /// <summary>The models as the recipe names them, in its order, the base first.</summary>
    public required IReadOnlyList<(ModelReference Reference, OpenModel Model)> References { get; init; }

    /// <summary>What the output's config.json has that the donor's has not.</summary>
    public required ConfigEdits ConfigEdits { get; init; }

    /// <summary>Those of the plan; the recipe has its own.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    public bool AllowNonFinite => Recipe.AllowNonfinite is { Value: true };

    /// <summary>Full paths of all files that planning read and merging reads: weights, indexes, configurations.</summary>
    public IEnumerable<string> InputFiles => Models.SelectMany(model => model.Files).Distinct(StringComparer.Ordinal);

    /// <summary>The input tensors that are read, each once: those whose digests the keys need.</summary>
    public IEnumerable<TensorInfo> InputTensors => Steps.SelectMany(step => step.Sources).SelectMany(source => source.Tensor.Stored).Distinct();

    /// <summary>For <see cref="OutputLayout"/>, in the order of the steps.</summary>
    public IReadOnlyList<(string Name, Dtype Dtype, TensorShape Shape)> Outputs => [.. Steps.Select(step => (step.Name, step.Dtype, step.Shape))];

    /// <inheritdoc cref="ActionKey.OfTensor"/>
    public string TensorKeyText(MergeStep step, Func<TensorInfo, string> digest) => ActionKey.OfTensor(this, step, digest);

    /// <inheritdoc cref="ActionKey.OfModel"/>
    public IReadOnlyList<CanonicalLine> KeyLines(Func<TensorInfo, string> digest, IEnumerable<(string Name, string Sha256)> files) => ActionKey.OfModel(this, digest, files);

    /// <summary><see cref="KeyLines"/> as one text.</summary>
    public string KeyText(Func<TensorInfo, string> digest, IEnumerable<(string Name, string Sha256)> files) =>
        string.Concat(KeyLines(digest, files).Select(line => line.Text + "\n"));
}
