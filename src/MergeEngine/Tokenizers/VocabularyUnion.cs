namespace MergeEngine.Tokenizers;

/// <summary>Appends to the base's vocabulary what the other models have besides: their ordinary tokens, then their added ones, model after model, by id.</summary>
/// <remarks>All become added tokens: nothing is known of how a text would be cut to give an ordinary one.</remarks>
static class VocabularyUnion
{
    /// <param name="output">Holds the base's tokens.</param>
    /// <param name="models">All models, the base first.</param>
    /// <param name="conflict">Told of an added token that a later model has with other settings, once a token.</param>
    public static void Append(OutputVocabulary output, IReadOnlyList<ModelVocabulary> models, Action<ModelVocabulary, AddedToken> conflict)
    {
        OrderedDictionary<string, AddedToken> added = AddedOf(models, conflict);
        foreach (ModelVocabulary model in models.Skip(1))
        {
            foreach ((string token, int id) in model.Tokens.Tokens)
                if (id < model.Limit && token != "" && output.IdOf(token) < 0 && !added.ContainsKey(token) && !model.Tokens.Added.ContainsKey(token))
                    output.Add(new AddedToken(id, token));
        }
        foreach (AddedToken token in added.Values) output.Add(token);
    }

    /// <summary>The first model that has a token decides its settings.</summary>
    static OrderedDictionary<string, AddedToken> AddedOf(IReadOnlyList<ModelVocabulary> models, Action<ModelVocabulary, AddedToken> conflict)
    {
        var added = new OrderedDictionary<string, AddedToken>(StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (ModelVocabulary model in models)
        {
            foreach (AddedToken token in model.Tokens.Added.Values.Where(token => token.Id < model.Limit))
            {
                if (added.TryAdd(token.Content, token)) continue;
                if (!added[token.Content].HasSettingsOf(token) && told.Add(token.Content)) conflict(model, token);
            }
        }
        return added;
    }
}
