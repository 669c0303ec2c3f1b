using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine;

/// <summary>MRG0195-MRG0199: vocabularies that do not fit. MRG0240-0249: files of tokenizers. MRG0351-0359: what happened to tokens.</summary>
public static partial class Errors
{
    public static Diagnostic TokenSourceOutside(SourcePosition position, string token, ModelReference model, IEnumerable<string> models) =>
        Error("MRG0195", position, $"the row of the token {Quoted(token)} is to come from '{model}', which is not a model of this merge ({string.Join(", ", models)}). Name one of them.");

    public static Diagnostic NoTokenizer(SourcePosition position, ModelReference model, IReadOnlyList<string> found) =>
        Error("MRG0196", position, found.Count == 0
            ? $"'{model}' has no tokenizer, and its vocabulary is needed to fit the embeddings. Copy tokenizer.json and tokenizer_config.json of its training into its folder."
            : $"the vocabulary of '{model}' is needed, and its folder has only {string.Join(", ", found)}. Add a tokenizer.json: load the tokenizer with transformers and save it again.");

    /// <summary>mergekit fails while it merges.</summary>
    public static Diagnostic TokensBeyondRows(SourcePosition position, ModelReference model, long rows, IReadOnlyList<string> tokens) =>
        Error("MRG0197", position, $"the tokenizer of '{model}' has {Count(tokens.Count, "token")} that the output has too, and the model has no rows for them: {Few(tokens)}; it has {rows} rows."
            + " Train or resize its embeddings, take the tokens out of its tokenizer, or leave them out of the output with another 'source'.");

    public static Diagnostic TokenNotInModel(SourcePosition position, string token, ModelReference model, string wanted) =>
        Error("MRG0198", position, $"the row of the token {Quoted(token)} is to be that of {wanted} in '{model}', which has no such row. Name a token of that model, or an id below its number of rows.");

    public static Diagnostic WidthsDiffer(SourcePosition position, IReadOnlyList<string> tables) =>
        Error("MRG0199", position, $"vocabularies can be fitted to each other only where embeddings have one width: {string.Join(", ", tables)}.");

    /// <summary>A file of a tokenizer cannot be read, is too large, or is no JSON.</summary>
    static Diagnostic BadTokenizerFile(SourcePosition position, string text) => Error("MRG0240", position, text);

    public static Diagnostic TokenizerNotReadable(string file, string reason) => BadTokenizerFile(new(file), $"this file of a tokenizer cannot be read: {reason}");

    public static Diagnostic TokenizerNotJson(SourcePosition position, string reason) => BadTokenizerFile(position, $"this file of a tokenizer is not JSON: {reason} Copy it again.");

    public static Diagnostic TokenizerPart(SourcePosition position, string found, string expected) =>
        Error("MRG0241", position, $"{found}; expected {expected}. This is no tokenizer that is known here; save it again with a current tokenizers library.");

    public static Diagnostic TokenIdOutOfBounds(SourcePosition position, string what, string found) =>
        Error("MRG0242", position, $"{what} is {found}; expected a whole number from 0 to {Vocabulary.MostIds - 1}.");

    public static Diagnostic TokenizerJsonNeeded(SourcePosition position, ModelReference model, IReadOnlyList<string> tokens) =>
        Error("MRG0243", position, $"the output's tokenizer is that of '{model}' with {Count(tokens.Count, "token")} changed ({Few(tokens)}), which needs its tokenizer.json."
            + " Load its tokenizer with transformers and save it again.");

    public static Diagnostic TokensShareAnId(SourcePosition position, int id, IReadOnlyList<string> tokens) =>
        Error("MRG0244", position, $"the tokens {Few(tokens)} of the output's tokenizer have the same id {id}; every token needs a row of its own. Correct the tokenizer.");

    public static Diagnostic UnknownTokenStripped(SourcePosition position, ModelReference model, int rows) =>
        Error("MRG0245", position, $"the tokenizer of '{model}' is cut to the {rows} rows of the model, and loses the token for unknown text. Correct 'vocab_size' in its config.json, or the tokenizer.");

    /// <summary>Rows are taken one by one from files; a table that an adapter changes is in none.</summary>
    public static Diagnostic TableIsComputed(SourcePosition position, ModelReference model, string table) =>
        Error("MRG0246", position, $"'{table}' of '{model}' is computed, and its rows have to be put into the order of another vocabulary."
            + " Write the model first: a recipe of its own with 'merge_method: passthrough', whose result is named here.");

    /// <summary>The sum of what happened; the file has each token.</summary>
    public static Diagnostic TokensMerged(SourcePosition position, string text) => Message("MRG0351", position, text);

    /// <summary>A warning: mergekit fails here.</summary>
    public static Diagnostic RowsAreZero(SourcePosition position, IReadOnlyList<string> tokens) =>
        Warning("MRG0352", position, $"no model has a row for {Few(tokens)}; {(tokens.Count == 1 ? "its row is" : "their rows are")} zero. To choose a row, name the token under 'tokens' with a 'source'.");

    /// <summary>A warning, as in mergekit.</summary>
    public static Diagnostic TokenizerAssumed(SourcePosition position, ModelReference model, ModelReference other) =>
        Warning("MRG0353", position, $"'{model}' has no tokenizer and as many rows as '{other}', so its ids are taken to mean the same. Copy its tokenizer.json into its folder to be sure.");

    /// <summary>A warning, as in mergekit.</summary>
    public static Diagnostic TokensWithoutRows(SourcePosition position, ModelReference model, int rows, IReadOnlyList<string> tokens) =>
        Warning("MRG0354", position, $"the tokenizer of '{model}' has {Count(tokens.Count, "token")} beyond the {rows} rows that its configuration says: {Few(tokens)}; left out.");

    /// <summary>A warning, as in mergekit.</summary>
    public static Diagnostic AddedTokensDiffer(SourcePosition position, ModelReference model, IReadOnlyList<string> tokens) =>
        Warning("MRG0355", position, $"'{model}' adds {Few(tokens)} with other settings than a model before it (special, lstrip, rstrip, single_word or normalized); the first model's are used.");

    /// <summary>A warning: mergekit does so and says nothing.</summary>
    public static Diagnostic SpecialTokenMadeOrdinary(SourcePosition position, string token) =>
        Warning("MRG0356", position, $"naming {Quoted(token)} under 'tokens' makes it an ordinary added token, as in mergekit; it was a special one. Correct 'special' in the output's tokenizer.json if it shall stay so.");

    /// <summary>A warning, as in mergekit.</summary>
    public static Diagnostic TemplateWithoutTokenizer(SourcePosition position) =>
        Warning("MRG0357", position, "'chat_template' has no effect: no tokenizer is written. Copy the tokenizer, or set 'tokenizer_source'.");

    public static Diagnostic SpellingsDiffer(SourcePosition position, ModelReference model, ModelReference other) =>
        Warning("MRG0358", position, $"the tokenizers of '{model}' and '{other}' spell text in different ways (bytes, ▁ for a space, ## for the rest of a word), so tokens that look alike may not be, and few rows meet."
            + " Merge models of one kind of tokenizer, or take the vocabulary of one with 'source'.");

    public static Diagnostic TokenIdsMoved(SourcePosition position, IReadOnlyList<string> keys) =>
        Warning("MRG0359", position, $"ids in config.json and generation_config.json are copied, and mean other tokens in the output's vocabulary: {string.Join("; ", keys)}. Correct them in the output.");
}
