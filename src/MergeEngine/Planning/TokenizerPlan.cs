using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>What a recipe's <c>tokenizer</c> comes to: the output's vocabulary, and that of every model.</summary>
/// <param name="Request">What the recipe asks for.</param>
/// <param name="Origin">The tokenizer that the output's is made of.</param>
/// <param name="Vocabulary">The output's tokens.</param>
/// <param name="Models">The models, the base or else the first model first.</param>
sealed record TokenizerPlan(RecipeTokenizer Request, TokenizerFolder Origin, OutputVocabulary Vocabulary, IReadOnlyList<ModelVocabulary> Models)
{
    readonly Dictionary<ModelReference, int[]> rows = [];

    /// <summary>Rows of the output's tables: the ids, padded.</summary>
    public int RowCount { get; } = (int)Math.Max(1, ((long)Vocabulary.IdCount + Request.PadToMultipleOf - 1) / Request.PadToMultipleOf * Request.PadToMultipleOf);

    public SourcePosition Position => Request.Source.Position;

    public ModelVocabulary? Find(ModelReference model) => Models.FirstOrDefault(known => known.Model.Value == model);

    /// <summary>The recipe says what the token's row is.</summary>
    public bool IsNamed(int id) => Request.Tokens.Any(token => token.Text.Value == Tokens[id]);

    /// <summary>The token of each id; null where an id has none.</summary>
    public string?[] Tokens { get; } = TokensOf(Vocabulary);

    /// <summary>By new id, the row in the model's tables; -1 where it has none.</summary>
    public int[] RowsOf(ModelVocabulary model)
    {
        if (!rows.TryGetValue(model.Model.Value, out int[]? found))
            rows.Add(model.Model.Value, found = Array.ConvertAll(Tokens, token => token is null ? -1 : model.RowOf(token)));
        return found;
    }

    static string?[] TokensOf(OutputVocabulary vocabulary)
    {
        var tokens = new string?[vocabulary.IdCount];
        foreach ((string token, int id) in vocabulary.Tokens) tokens[id] ??= token;
        return tokens;
    }
}
