using MergeEngine.Checkpoints;

namespace MergeEngine.Architectures;

/// <summary>What is known of a model before its weights are read: its configuration and its tensors.</summary>
/// <param name="Reference">The model as the recipe names it.</param>
/// <param name="Position">Where the recipe names it.</param>
public sealed record ModelOutline(
    string Reference, SourcePosition Position, ModelConfig Config, IReadOnlyDictionary<string, TensorInfo> Tensors);
