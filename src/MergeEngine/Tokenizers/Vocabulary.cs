namespace MergeEngine.Tokenizers;

/// <summary>The tokens of one tokenizer and their ids.</summary>
public sealed class Vocabulary
{
    /// <summary>Ids are below this; the largest published vocabularies have some 300,000 tokens.</summary>
    public const int MostIds = 1 << 22;

    readonly Dictionary<string, int> ids;

    KeyValuePair<string, int>[]? sorted;

    /// <param name="ids">By token, added tokens included.</param>
    /// <param name="added">In the order of their ids.</param>
    internal Vocabulary(Dictionary<string, int> ids, IEnumerable<AddedToken> added)
    {
        this.ids = ids;
        Added = new OrderedDictionary<string, AddedToken>(added.DistinctBy(token => token.Content).OrderBy(token => token.Id).Select(token => KeyValuePair.Create(token.Content, token)), StringComparer.Ordinal);
    }

    public int Count => ids.Count;

    /// <summary>All tokens in the order of their ids; of equal ids in ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Tokens => sorted ??= [.. ids.OrderBy(token => token.Value).ThenBy(token => token.Key, StringComparer.Ordinal)];

    /// <summary>The added tokens by their text, in the order of their ids.</summary>
    public IReadOnlyDictionary<string, AddedToken> Added { get; }

    /// <summary>One more than the largest id.</summary>
    public int IdCount => ids.Count == 0 ? 0 : ids.Values.Max() + 1;

    /// <returns>-1 if there is no such token.</returns>
    public int IdOf(string token) => ids.GetValueOrDefault(token, -1);
}
