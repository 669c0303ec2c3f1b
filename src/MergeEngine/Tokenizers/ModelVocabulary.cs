using MergeEngine.Recipes;

namespace MergeEngine.Tokenizers;

/// <summary>The vocabulary of one model of a merge.</summary>
/// <param name="Model">The model, and where the recipe first names it.</param>
/// <param name="Tokens">Its tokens; the base's where the model has no tokenizer of its own.</param>
/// <param name="Limit">The vocabulary size that its configuration says: ids from there on have no rows.</param>
public sealed record ModelVocabulary(Placed<ModelReference> Model, Vocabulary Tokens, int Limit)
{
    /// <summary>The row of a token in the model's tables; -1 where it has none.</summary>
    public int RowOf(string token) => Tokens.IdOf(token) is var id && id < Limit ? id : -1;

    /// <summary>The model's tokenizer has the token, and the model has no row for it.</summary>
    public bool IsBeyond(string token) => Tokens.IdOf(token) >= Limit;
}
