using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>The tensors of one model while adapters are put on it, one after the other.</summary>
/// <param name="model">The model's reference, for messages.</param>
/// <param name="opened">The model without adapters.</param>
/// <param name="embeddings">Names of tensors with a row per token, which may be resized.</param>
sealed class ModelTensors(string model, OpenModel opened, IReadOnlySet<string> embeddings)
{
    readonly IReadOnlyDictionary<string, TensorInfo> stored = opened.Checkpoint.Tensors;
    readonly Dictionary<string, PlannedTensor> changed = new(StringComparer.Ordinal);

    public string Model => model;

    /// <summary>What the adapters changed, by name.</summary>
    public IReadOnlyDictionary<string, PlannedTensor> Changed => changed;

    public PlannedTensor this[string name] => changed.GetValueOrDefault(name) ?? opened.Planned(model, stored[name]);

    public void Edit(string name, AdapterEdit edit) => changed[name] = new AdaptedTensor(this[name], edit);

    public bool IsEmbedding(string name) => embeddings.Contains(name);

    /// <summary>The stored tensor that an adapter calls by this name: trainers name modules as they are in memory, which is not always as they are in files.</summary>
    /// <returns>Null if there is none.</returns>
    public string? Find(string name) => Spellings(name).FirstOrDefault(stored.ContainsKey);

    /// <summary>As it is; with or without one leading <c>model.</c>; with the name that Mixtral's blocks of experts have in files.</summary>
    public static IEnumerable<string> Spellings(string name)
    {
        string[] spellings = [name, name.StartsWith("model.", StringComparison.Ordinal) ? name["model.".Length..] : $"model.{name}"];
        return spellings.Concat(spellings.Where(spelling => spelling.Contains(".mlp.", StringComparison.Ordinal)).Select(spelling => spelling.Replace(".mlp.", ".block_sparse_moe.", StringComparison.Ordinal)));
    }
}
