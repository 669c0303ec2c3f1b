using System.Collections.Concurrent;
using MergeEngine.Adapters;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>Models and adapters that were opened, by folder: recipes of one build share headers. Thread-safe.</summary>
public sealed class ModelCache
{
    readonly ConcurrentDictionary<string, Lazy<OpenModel>> models = new(StringComparer.Ordinal);

    readonly ConcurrentDictionary<string, Lazy<OpenAdapter>> adapters = new(StringComparer.Ordinal);

    readonly ConcurrentDictionary<string, Lazy<TokenizerFolder>> tokenizers = new(StringComparer.Ordinal);

    /// <param name="directory">Full path.</param>
    /// <exception cref="MergeException">As <see cref="OpenModel.Open"/>; again for every caller.</exception>
    public OpenModel Open(string directory) => models.GetOrAdd(directory, path => new Lazy<OpenModel>(() => OpenModel.Open(path))).Value;

    /// <param name="directory">Full path.</param>
    /// <exception cref="MergeException">As <see cref="Adapters.OpenAdapter.Open"/>; again for every caller.</exception>
    public OpenAdapter OpenAdapter(string directory) => adapters.GetOrAdd(directory, path => new Lazy<OpenAdapter>(() => Adapters.OpenAdapter.Open(path))).Value;

    /// <param name="directory">Full path.</param>
    /// <exception cref="MergeException">As <see cref="TokenizerFolder.Read"/>; again for every caller.</exception>
    public TokenizerFolder Tokenizer(string directory) => tokenizers.GetOrAdd(directory, path => new Lazy<TokenizerFolder>(() => TokenizerFolder.Read(path))).Value;
}
