using MergeCache;
using MergeEngine;

namespace MergeWorker;

/// <summary>A model that could be merged now: what decides its bytes is known, none of them is computed.</summary>
/// <param name="Name">Name of the model and its folder.</param>
/// <param name="Position">The recipe.</param>
/// <param name="Key">What decides its bytes.</param>
/// <param name="Inputs">Everything that was looked at to plan it, with the places where nothing was found.</param>
/// <param name="Recipes">Full paths of its recipe's file and those of the recipes whose results it uses.</param>
/// <param name="Merge">Writes the model's files into an empty folder.</param>
sealed record PlannedModel(
    string Name, SourcePosition Position, KeyText Key, IReadOnlyList<TrackedPath> Inputs, IReadOnlyList<string> Recipes, MergeInto Merge);

/// <summary>Writes a model's files into an empty folder.</summary>
/// <param name="progress">Bytes of tensors written, and in all.</param>
/// <exception cref="MergeException">The merge failed; the folder is of no use.</exception>
delegate MergedFiles MergeInto(string folder, Action<long, long> progress, CancellationToken stop);

/// <summary>What a merge gave.</summary>
/// <param name="Digest">Digest of all tensors.</param>
/// <param name="Bytes">Bytes of tensors.</param>
/// <param name="Tensors">For each weight file, by name: a line with name and digest for each of its tensors.</param>
/// <param name="Warnings">What the method found out about the numbers.</param>
sealed record MergedFiles(string Digest, long Bytes, IReadOnlyDictionary<string, IReadOnlyList<string>> Tensors, IReadOnlyList<Diagnostic> Warnings);
