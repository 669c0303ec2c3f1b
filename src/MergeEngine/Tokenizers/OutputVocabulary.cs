namespace MergeEngine.Tokenizers;

/// <summary>The tokens that the output has, and what of them the origin's tokenizer does not have.</summary>
public sealed class OutputVocabulary
{
    readonly Dictionary<string, int> ids;
    readonly SortedDictionary<int, AddedToken> added;
    readonly List<AddedToken> changed = [];

    /// <param name="origin">The tokenizer that the output's is made of.</param>
    /// <param name="limit">Its ids from there on are left out.</param>
    internal OutputVocabulary(Vocabulary origin, int limit = int.MaxValue)
    {
        Limit = limit;
        ids = origin.Tokens.Where(token => token.Value < limit).ToDictionary(StringComparer.Ordinal);
        added = new(origin.Added.Values.Where(token => token.Id < limit).DistinctBy(token => token.Id).ToDictionary(token => token.Id));
        Stripped = [.. origin.Tokens.Where(token => token.Value >= limit).Select(token => token.Key)];
        IdCount = ids.Count == 0 ? 0 : ids.Values.Max() + 1;
    }

    /// <summary>Ids of the origin from there on are left out.</summary>
    public int Limit { get; }

    /// <summary>Tokens of the origin that are left out, because its model has no rows for them.</summary>
    public IReadOnlyList<string> Stripped { get; }

    /// <summary>Number of tokens.</summary>
    public int Count => ids.Count;

    /// <summary>One more than the largest id; more than <see cref="Count"/> where the origin leaves ids out.</summary>
    public int IdCount { get; private set; }

    /// <summary>All tokens in the order of their ids.</summary>
    public IEnumerable<KeyValuePair<string, int>> Tokens => ids.OrderBy(token => token.Value).ThenBy(token => token.Key, StringComparer.Ordinal);

    /// <summary>The added tokens in the order of their ids.</summary>
    public IReadOnlyList<AddedToken> Added => [.. added.Values];

    /// <summary>Those of them that the origin does not have, or has otherwise.</summary>
    public IReadOnlyList<AddedToken> Changed => changed;

    /// <summary>The output needs other files than the origin has.</summary>
    public bool IsChanged => changed.Count > 0 || Stripped.Count > 0;

    public int IdOf(string token) => ids.GetValueOrDefault(token, -1);

    /// <summary>The added token with that text; null if there is none.</summary>
    public AddedToken? FindAdded(string token) => added.GetValueOrDefault(IdOf(token)) is { } found && found.Content == token ? found : null;

    /// <summary>Makes a token an added one. It keeps its id; a new one gets the next.</summary>
    internal void Add(AddedToken token)
    {
        if (!ids.TryGetValue(token.Content, out int id)) ids.Add(token.Content, id = IdCount++);
        AddedToken placed = token with { Id = id };
        if (added.TryGetValue(id, out AddedToken? known) && known == placed) return;
        added[id] = placed;
        changed.RemoveAll(other => other.Id == id);
        changed.Add(placed);
    }
}
