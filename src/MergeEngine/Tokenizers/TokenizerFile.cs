using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tokenizers;

/// <summary>A tokenizer.json: its vocabulary, and where in the text the parts are that an output changes. Splits no text into tokens.</summary>
/// <remarks>The awkward cases of the format: FORMAT.md.</remarks>
public sealed class TokenizerFile
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "tokenizer.json";

    /// <summary>The largest file that is read; large vocabularies take some 35 MB.</summary>
    public const int MostBytes = 1 << 27;

    TokenizerFile(string path, byte[] json, TokenizerFileParser parser)
    {
        (Path, Json) = (path, json);
        (ModelType, Spelling) = (parser.ModelType!, parser.Spelling);
        (AddedTokens, ModelTokens, Merges) = (parser.AddedTokens, parser.VocabularyItems, parser.Merges);
        (ModelTokenIds, UnknownId, UnknownToken) = (parser.VocabularyIds, parser.UnknownId, parser.UnknownToken);
        Tokens = new Vocabulary(parser.Ids, parser.Added);
    }

    public string Path { get; }

    /// <summary>Kind of model: <c>BPE</c>, <c>Unigram</c>, <c>WordPiece</c> or <c>WordLevel</c>.</summary>
    public string ModelType { get; }

    /// <summary>How tokens spell text.</summary>
    public TokenSpelling Spelling { get; }

    public Vocabulary Tokens { get; }

    internal byte[] Json { get; }

    internal JsonItems AddedTokens { get; }

    /// <summary>Tokens of the model, without those that are only added.</summary>
    internal JsonItems ModelTokens { get; }

    /// <summary>Ids of <see cref="ModelTokens"/>.</summary>
    internal IReadOnlyList<int> ModelTokenIds { get; }

    /// <summary>Empty for models without merges.</summary>
    internal JsonItems Merges { get; }

    /// <summary>A Unigram model's piece for unknown text; -1: none.</summary>
    internal int UnknownId { get; }

    internal string? UnknownToken { get; }

    /// <exception cref="MergeException">MRG0240: not readable, too large, not JSON. MRG0241: a part is missing or of another form. MRG0242: an id out of bounds.</exception>
    public static TokenizerFile Read(string path) => Parse(SmallFile.Read(path, MostBytes, Errors.TokenizerNotReadable), path);

    /// <inheritdoc cref="Read"/>
    /// <param name="utf8">The whole text; kept.</param>
    public static TokenizerFile Parse(byte[] utf8, string path)
    {
        var parser = new TokenizerFileParser(utf8, path);
        try
        {
            JsonText.CheckStrings(utf8, TokenizerFileParser.DeepestNesting);
            parser.Parse();
            return new TokenizerFile(path, utf8, parser);
        }
        catch (JsonException error)
        {
            throw new MergeException(Errors.TokenizerNotJson(JsonText.Position(path, error), JsonText.Reason(error)));
        }
    }
}
