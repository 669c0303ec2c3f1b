using System.Collections.Immutable;
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
    [GeneratedRegex(@"^(.+?)\.(\d{1,5})\.(.+)$")]
    private static partial Regex Layered { get; }

    /// <exception cref="MergeException">MRG0252: the models are of different classes.</exception>
    public static Architecture Infer(IReadOnlyList<ModelOutline> models)
    {
        List<Diagnostic> errors = [.. models.Where(model => ClassOf(model) != ClassOf(models[0])).Select(model => Errors.ClassesDiffer(model, models[0]))];
        if (errors.Count > 0) throw new MergeException(errors);

        SortedSet<string> names = new(models.SelectMany(model => model.Tensors.Keys), StringComparer.Ordinal);
        List<string> prefixes = [.. names.Select(Prefix).OfType<string>().Distinct()];
        return new Architecture(Name, ModuleNames(prefixes).Select(module => Module(module, names, prefixes, models))) { VocabSizeKeys = VocabSizeKeys };
    }

    static IEnumerable<string> ModuleNames(List<string> prefixes) => prefixes.Count > 1 ? prefixes.Prepend("default") : ["default"];

    static ArchitectureModule Module(string module, SortedSet<string> names, List<string> prefixes, IReadOnlyList<ModelOutline> models)
    {
        string? prefix = prefixes.Count == 1 ? prefixes[0] : prefixes.Contains(module) ? module : null;
        List<int> layers = [.. models.Select(model => LayerCount(model, prefix))];
        string? key = prefix is null ? null : LayerKeys.FirstOrDefault(key => models.Zip(layers).All(pair => pair.First.Config.Integer(key) == pair.Second));
        return new ArchitectureModule(module, key is null ? [] : [key], key is null ? layers.Max() : 0)
        {
            Pre = [.. names.Where(name => Prefix(name) is null && Owner(name, prefixes) == module).Select(name => OutsideLayers(name, names, models))],
            Layer = [.. names.Where(name => prefix is not null && Prefix(name) == prefix).Select(Pattern).Distinct().Select(name => InLayers(name, models, layers))],
        };
    }

    static TensorTemplate OutsideLayers(string name, SortedSet<string> names, IReadOnlyList<ModelOutline> models)
    {
        bool isHead = Heads.Any(name.EndsWith);
        return new TensorTemplate(name)
        {
            Optional = isHead || !models.All(model => model.Tensors.ContainsKey(name)),
            IsEmbedding = models.Any(model => model.Tensors.TryGetValue(name, out TensorInfo? tensor) && IsEmbedding(tensor, model.Config)),
            TiedNames = isHead ? [.. names.Where(other => Embeddings.Any(other.EndsWith)).Take(1)] : [],
        };
    }

    static TensorTemplate InLayers(string pattern, IReadOnlyList<ModelOutline> models, List<int> layers) => new(pattern)
    {
        Optional = !models.Zip(layers).All(pair =>
            Enumerable.Range(0, pair.Second).All(layer => pair.First.Tensors.ContainsKey(NamePattern.AtLayer(pattern, layer, pair.Second)))),
    };

    static bool IsEmbedding(TensorInfo tensor, ModelConfig config) => tensor.Shape.Rank == 2
        && (Embeddings.Concat(Heads).Any(tensor.Name.EndsWith) || VocabSizeKeys.Any(key => config.Integer(key) == tensor.Shape[0]));

    static int LayerCount(ModelOutline model, string? prefix) => prefix is null ? 0 : model.Tensors.Keys
        .Select(name => Layered.Match(name)).Where(match => match.Success && match.Groups[1].Value == prefix)
        .Select(match => int.Parse(match.Groups[2].Value) + 1).DefaultIfEmpty(0).Max();

    static string? Prefix(string name) => Layered.Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    static string Pattern(string name) => Layered.Replace(name, "$1.{layer}.$3");

    static string Owner(string name, List<string> prefixes) =>
        prefixes.Count > 1 && prefixes.Find(prefix => name.StartsWith(prefix + ".", StringComparison.Ordinal)) is { } prefix ? prefix : "default";

    static string? ClassOf(ModelOutline model) => model.Config.Architectures?.FirstOrDefault();
}
