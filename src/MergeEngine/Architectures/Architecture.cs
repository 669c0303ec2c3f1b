using System.Collections.Immutable;

namespace MergeEngine.Architectures;

/// <summary>Which tensors a model has, in order: the modules, with the tensors before, in and after their layers.</summary>
/// <remarks>
/// Found by the class that config.json names, among the definitions of <c>Definitions/</c>, or inferred from tensor names.
/// Where the number of tensors depends on the configuration (experts), it holds for one configuration. Equal architectures merge.
/// </remarks>
public sealed class Architecture : IEquatable<Architecture>
{
    readonly string _text;

    internal Architecture(string name, IEnumerable<ArchitectureModule> modules)
    {
        Name = name;
        Modules = [.. modules];
        _text = string.Join('\n', Modules.Select(module => module.ToString()).Prepend($"architecture {name}"));
    }

    /// <summary>Name of the definition; <c>inferred</c> if there is none.</summary>
    public string Name { get; }

    public bool IsInferred => Name == ArchitectureInference.Name;

    public ImmutableArray<ArchitectureModule> Modules { get; }

    /// <summary>Dotted keys of config.json for the vocabulary size, of which the first that is there counts.</summary>
    public ImmutableArray<string> VocabSizeKeys { get; internal init; } = ["vocab_size"];

    /// <summary>Files of the donor that belong to the model besides tokenizer and configuration.</summary>
    public ImmutableArray<string> SideFiles { get; internal init; } = [];

    internal ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>The architecture that all models share.</summary>
    /// <param name="models">The models in the order of the recipe, the base first.</param>
    /// <param name="allowMixed">Where they differ, the first model's is taken for all (mergekit takes any).</param>
    /// <exception cref="MergeException">
    /// MRG0250, MRG0251: a config.json names no class or several. MRG0252: the models' architectures differ.
    /// MRG0254: a config.json lacks a number that the architecture needs. MRG0255: a model is quantized. All errors.
    /// </exception>
    public static Architecture Of(IReadOnlyList<ModelOutline> models, bool allowMixed = false)
    {
        var found = new List<Architecture?>();
        var errors = new List<Diagnostic>();
        foreach (ModelOutline model in models)
        {
            if (model.Config.IsQuantized) errors.Add(Errors.Quantized(model));
            try
            {
                found.Add(Find(model.Config, model.Tensors.Keys));
            }
            catch (MergeException error)
            {
                errors.AddRange(error.Diagnostics);
            }
        }
        if (errors.Count > 0) throw new MergeException(errors);
        return found.Contains(null) ? ArchitectureInference.Infer(models) : Shared(models, found!, allowMixed);
    }

    /// <summary>The definition for a configuration and the tensors beside it; null if the class is unknown.</summary>
    /// <exception cref="MergeException">MRG0250, MRG0251, MRG0254 as in <see cref="Of"/>.</exception>
    public static Architecture? Find(ModelConfig config, IEnumerable<string> tensorNames) => config.Architectures switch
    {
        null or [] => throw new MergeException(Errors.NoArchitecture(config)),
        [string name] => ArchitectureCatalog.Find(name, config.ModelType, tensorNames)?.Bind(config),
        { } names => throw new MergeException(Errors.SeveralArchitectures(config, names)),
    };

    public ArchitectureModule? Module(string name) => Modules.FirstOrDefault(module => module.Name == name);

    /// <summary>Names of the tensors with one row for each token, in all spellings.</summary>
    public IEnumerable<string> Embeddings(ModelConfig config) => Modules.SelectMany(module => module.Tensors(module.LayerCount(config))
        .Where(tensor => tensor.Template.IsEmbedding).SelectMany(tensor => tensor.Template.NamesFor(tensor.Layer, module.LayerCount(config)))).Distinct();

    /// <summary>The tensors of a checkpoint that no template reads and that are not ignorable: a merge would lose them. Ordinal order.</summary>
    public IReadOnlyList<string> Unknown(ModelConfig config, IEnumerable<string> tensorNames)
    {
        HashSet<string> known = [.. Modules.SelectMany(module => Names(module, module.LayerCount(config)))];
        return [.. tensorNames.Where(name => !known.Contains(name) && !IsIgnorable(config, name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>True for buffers that a model computes itself, and other tensors that a merge may drop without harm.</summary>
    public bool IsIgnorable(ModelConfig config, string tensorName) =>
        Ignored.Any(pattern => NamePattern.Fits(NamePattern.AtLayer(pattern, 0, Modules[0].LayerCount(config)), tensorName));

    public bool Equals(Architecture? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as Architecture);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The whole architecture in the words of a definition file; equal for equal architectures.</summary>
    public override string ToString() => _text;

    static Architecture Shared(IReadOnlyList<ModelOutline> models, List<Architecture> found, bool allowMixed)
    {
        if (allowMixed) return found[0];
        List<Diagnostic> errors = [.. models.Zip(found).Skip(1).Where(pair => !pair.Second.Equals(found[0]))
            .Select(pair => Errors.ArchitecturesDiffer(pair.First, pair.Second, models[0], found[0]))];
        return errors.Count > 0 ? throw new MergeException(errors) : found[0];
    }

    static IEnumerable<string> Names(ArchitectureModule module, int layerCount) =>
        module.Tensors(layerCount).SelectMany(tensor => tensor.Template.NamesFor(tensor.Layer, layerCount));
}
