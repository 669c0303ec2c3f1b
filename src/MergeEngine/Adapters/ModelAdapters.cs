using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Adapters;

/// <summary>Puts the adapters of one reference on its model, in order.</summary>
sealed class ModelAdapters(Placed<ModelReference> reference, OpenModel opened, IReadOnlyList<OpenAdapter> adapters, List<Diagnostic> findings)
{
    string Name => reference.Value.ToString();

    /// <summary>The model whose tensors are adapted where they are used.</summary>
    public OpenModel On(Architecture architecture)
    {
        if (adapters.Count == 0) return opened;
        string[] embeddings = [.. architecture.Embeddings(opened.Config).Where(opened.Checkpoint.Tensors.ContainsKey)];
        var tensors = new ModelTensors(Name, opened, embeddings.ToHashSet(StringComparer.Ordinal));
        foreach (var (adapter, named) in adapters.Zip(reference.Value.Adapters))
            if (MergePlanner.Try(() => new AdapterFold(adapter, named, tensors).Run(reference.Position).ToArray(), findings) is { } found) findings.AddRange(found);
        CheckVocabulary(embeddings, tensors);
        return opened with { Adapters = adapters, Adapted = tensors.Changed };
    }

    /// <summary>A vocabulary is resized as a whole, or the model does not run.</summary>
    void CheckVocabulary(string[] embeddings, ModelTensors tensors)
    {
        string[] resized = [.. embeddings.Where(name => Rows(name) != tensors[name].Shape[0])];
        if (resized.Length == 0) return;
        if (embeddings.Select(name => tensors[name].Shape[0]).Distinct().Count() > 1)
            findings.Add(Errors.VocabularyHalfResized(reference.Position, Name, [.. embeddings.Select(name => $"'{name}' {tensors[name].Shape}")]));
        else
            findings.Add(Errors.VocabularyResized(reference.Position, Name, Rows(resized[0]), tensors[resized[0]].Shape[0]));
    }

    long Rows(string name) => opened.Checkpoint.Tensors[name].Shape[0];
}
