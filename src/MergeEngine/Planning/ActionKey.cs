using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Writes down everything that the bytes of an output depend on, and nothing else: no paths, times, threads or file layouts of inputs.</summary>
static class ActionKey
{
    /// <summary>Raised when the texts themselves change.</summary>
    const int Schema = 1;

    /// <summary>What one output tensor depends on, one fact a line.</summary>
    /// <param name="plan">The plan that the step is of.</param>
    /// <param name="step">The tensor.</param>
    /// <param name="digest">Digest of a stored tensor's bytes.</param>
    public static string OfTensor(MergePlan plan, MergeStep step, Func<TensorInfo, string> digest)
    {
        List<string> lines = [$"tensor-key {Schema}", $"engine {EngineRevision.Value}"];
        lines.Add(step.Method is { Spec: { } spec } ? $"method {spec.Id} {spec.Revision}" : "copy");
        lines.AddRange(Values("parameter", step.Parameters));
        for (int i = 0; i < step.Sources.Count; i++) lines.AddRange(Input(i, step.Sources[i], digest));
        lines.Add($"output {step.Dtype} {step.Shape}");
        if (step.Factoring is { } factoring) lines.AddRange([factoring.KeyLine, $"linear algebra {plan.LinearAlgebra!.Identity}"]);
        if (plan.AllowNonFinite) lines.Add("allow_nonfinite");
        if (step.Method is { Spec.IsRandom: true }) lines.AddRange([$"seed {plan.Seed.ToString(CultureInfo.InvariantCulture)}", $"random tensor {step.Name}"]);
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>What the output folder depends on: the recipe leaf by leaf, the models, configuration and side files, every tensor.</summary>
    /// <remarks>The models' lines follow from the tensors'; they are there to say which model changed.</remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="digest">Digest of a stored tensor's bytes.</param>
    /// <param name="files">Files that the output is made of besides tensors, each with the SHA-256 of its bytes.</param>
    public static IReadOnlyList<CanonicalLine> OfModel(MergePlan plan, Func<TensorInfo, string> digest, IEnumerable<(string Name, string Sha256)> files)
    {
        SourcePosition position = plan.Recipe.Position;
        CanonicalLine Line(string text) => new(text, position);
        return
        [
            Line($"model-key {Schema}"),
            Line($"engine {EngineRevision.Value}"),
            .. plan.Results.SelectMany(result => result.Plan.Recipe.CanonicalLines, (result, line) => line with { Text = $"recipe of {result.Name}: {line.Text}" }),
            .. plan.Recipe.CanonicalLines.Select(line => line with { Text = $"recipe {line.Text}" }),
            Line($"seed {plan.Seed.ToString(CultureInfo.InvariantCulture)}"),
            .. plan.Results.Where(result => result.Plan.Seed != plan.Seed).Select(result => Line($"seed of {result.Name} {result.Plan.Seed.ToString(CultureInfo.InvariantCulture)}")),
            Line($"shard bytes {plan.ShardBytes.ToString(CultureInfo.InvariantCulture)}"),
            .. plan.HubModels.Select(model => Line($"hub model {model}")),
            .. plan.WriteModelCard ? Enumerable.Empty<CanonicalLine>() : [Line("no model card")],
            .. plan.Recipe.Models.Select(model => new CanonicalLine($"model {model.Value} {TensorsOf(plan, model.Value, digest)}", model.Position)),
            .. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => Line($"file {file.Name} {file.Sha256}")),
            .. plan.Steps.Select(step => Line($"tensor {step.Name} {Sha256(OfTensor(plan, step, digest))}")),
        ];
    }

    /// <summary>Digest of the tensors of one model that are read.</summary>
    static string TensorsOf(MergePlan plan, ModelReference model, Func<TensorInfo, string> digest)
    {
        string name = model.ToString();
        return Sha256(string.Concat(plan.Steps.SelectMany(step => step.Sources).Where(source => source.Model == name).SelectMany(source => source.Tensor.Stored)
            .Distinct().Select(tensor => $"{tensor.Name} {tensor.Dtype} {tensor.Shape} {digest(tensor)}\n").Order(StringComparer.Ordinal)));
    }

    static IEnumerable<string> Input(int index, StepSource source, Func<TensorInfo, string> digest)
    {
        string input = $"input {index.ToString(CultureInfo.InvariantCulture)}";
        yield return $"{input} {(source.IsBase ? "base" : $"model {source.ModelIndex.ToString(CultureInfo.InvariantCulture)}")}";
        foreach (string line in source.Tensor.KeyLines(digest)) yield return $"{input} {line}";
        foreach (string line in Values($"{input} parameter", source.Parameters)) yield return line;
    }

    static IEnumerable<string> Values(string what, IReadOnlyDictionary<string, double> values) => values.OrderBy(value => value.Key, StringComparer.Ordinal)
        .Where(value => !double.IsNaN(value.Value)).Select(value => $"{what} {value.Key} {value.Value.ToString("R", CultureInfo.InvariantCulture)}");

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
