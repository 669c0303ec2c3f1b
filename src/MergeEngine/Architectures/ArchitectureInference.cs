using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MergeEngine.Checkpoints;

namespace MergeEngine.Architectures;

/// <summary>Makes an architecture from the tensor names of all models, for classes without a definition.</summary>
/// <remarks>
/// The first number between two dots is the layer's index, the text before it names a module; with one such text there is the module
/// <c>default</c> only. All other tensors come before the layers, and those outside a module belong to <c>default</c>. A tensor is
/// optional if a model lacks it in a layer. Every tensor of every model is covered, so nothing is dropped.
/// </remarks>
static partial class ArchitectureInference
{
    public const string Name = "inferred";

    /// <summary>Ends of the names of input embeddings and of heads that may be tied to them.</summary>
    static readonly string[] Embeddings =
        ["embed_tokens.weight", "wte.weight", "word_embeddings.weight", "tok_embeddings.weight", "token_embedding.weight", "embed_in.weight", "shared.weight"];

    static readonly string[] Heads = ["lm_head.weight", "embed_out.weight"];

    static readonly string[] LayerKeys = ["num_hidden_layers", "num_layers", "n_layer", "n_layers"];

    static readonly ImmutableArray<string> VocabSizeKeys = ["vocab_size", "text_config.vocab_size"];

    /// <summary>Of a name: text before the layer's index, index, text after it. More than five digits are no index.</summary>
    [GeneratedRegex(@"^(.+?)\.([0-9]{1,5})\.(.+)$")]
    private static partial Regex Layered { get; }

    /// <exception cref="MergeException">MRG0252: the models are of different classes.</exception>
    public static Architecture Infer(IReadOnlyList<ModelOutline> models)
    {
        List<Diagnostic> errors = [.. models.Where(model => ClassOf(model) != ClassOf(models[0])).Select(model => Errors.ArchitecturesDiffer(model, null, models[0], null))];
        if (errors.Count > 0) throw new MergeException(errors);

        List<ParsedName> names = [.. models.SelectMany(model => model.Tensors.Keys).Distinct().Order(StringComparer.Ordinal).Select(Parse)];
        ILookup<string?, ParsedName> byPrefix = names.ToLookup(name => name.Prefix);
        List<string> prefixes = [.. byPrefix.Select(group => group.Key).OfType<string>()];
        ILookup<string, string> outside = byPrefix[null].Select(name => name.Pattern).ToLookup(name => Owner(name, prefixes));
        IEnumerable<(string Module, string? Prefix)> modules =
            prefixes.Count == 1 ? [("default", prefixes[0])] : [("default", null), .. prefixes.Select(prefix => (prefix, (string?)prefix))];
        return new Architecture(Name, modules.Select(module =>
            Layers(module.Module, module.Prefix is null ? [] : [.. byPrefix[module.Prefix]], models) with
            {
                Pre = [.. outside[module.Module].Select(name => OutsideLayers(name, byPrefix[null], models))],
            }))
        { VocabSizeKeys = VocabSizeKeys };
    }

    /// <summary>The module with its layers. A well-known key of config.json counts them if it is right for every model.</summary>
    static ArchitectureModule Layers(string module, List<ParsedName> names, IReadOnlyList<ModelOutline> models)
    {
        List<int> counts = [.. models.Select(model => names.Where(name => model.Tensors.ContainsKey(name.Name)).Select(name => name.Layer + 1).DefaultIfEmpty(0).Max())];
        string? key = names.Count == 0 ? null : LayerKeys.FirstOrDefault(key => models.Zip(counts).All(pair => pair.First.Config.Integer(key) == pair.Second));
        return new ArchitectureModule(module, key is null ? [] : [key], key is null ? counts.Max() : 0)
        {
            Layer = [.. names.GroupBy(name => name.Pattern).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new TensorTemplate(group.Key)
            {
                Optional = !models.Zip(counts).All(pair => group.Count(name => pair.First.Tensors.ContainsKey(name.Name)) == pair.Second),
            })],
        };
    }

    static TensorTemplate OutsideLayers(string name, IEnumerable<ParsedName> others, IReadOnlyList<ModelOutline> models)
    {
        bool isHead = Heads.Any(name.EndsWith);
        return new TensorTemplate(name)
        {
            Optional = isHead || !models.All(model => model.Tensors.ContainsKey(name)),
            IsEmbedding = models.Any(model => model.Tensors.TryGetValue(name, out TensorInfo? tensor) && IsEmbedding(tensor, model.Config)),
            TiedNames = isHead ? [.. others.Select(other => other.Name).Where(other => Embeddings.Any(other.EndsWith)).Take(1)] : [],
        };
    }

    static bool IsEmbedding(TensorInfo tensor, ModelConfig config) => tensor.Shape.Rank == 2
        && (Embeddings.Concat(Heads).Any(tensor.Name.EndsWith) || VocabSizeKeys.Any(key => config.Integer(key) == tensor.Shape[0]));

    static string Owner(string name, List<string> prefixes) =>
        prefixes.Count > 1 && prefixes.Find(prefix => name.StartsWith(prefix + ".", StringComparison.Ordinal)) is { } prefix ? prefix : "default";

    static string? ClassOf(ModelOutline model) => model.Config.Architectures?.FirstOrDefault();

    static ParsedName Parse(string name) => Layered.Match(name) is { Success: true } match
        ? new ParsedName(name, match.Groups[1].Value, $"{match.Groups[1].Value}.{{layer}}.{match.Groups[3].Value}", int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : new ParsedName(name, null, name, 0);

    /// <summary>A tensor's name, taken apart: the text before the layer's index (null outside layers), the name with a placeholder, the index.</summary>
    sealed record ParsedName(string Name, string? Prefix, string Pattern, int Layer);
}
