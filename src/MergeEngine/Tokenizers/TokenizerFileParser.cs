using System.Text;
using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tokenizers;

/// <summary>Reads a tokenizer.json in one pass. What decides how text is split is only looked at for its spelling.</summary>
ref struct TokenizerFileParser(ReadOnlySpan<byte> json, string file)
{
    public const int DeepestNesting = 64;

    static readonly string[] ModelTypes = ["BPE", "Unigram", "WordPiece", "WordLevel"];

    readonly ReadOnlySpan<byte> json = json;
    Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    bool hasModel;

    public Dictionary<string, int> Ids { get; } = new(StringComparer.Ordinal);

    public List<AddedToken> Added { get; } = [];

    public string? ModelType { get; private set; }

    public TokenSpelling Spelling { get; private set; }

    public JsonItems AddedTokens { get; private set; } = JsonItems.None;

    public JsonItems VocabularyItems { get; private set; } = JsonItems.None;

    /// <summary>Ids of the items of the vocabulary.</summary>
    public List<int> VocabularyIds { get; } = [];

    public JsonItems Merges { get; private set; } = JsonItems.None;

    public int UnknownId { get; private set; } = -1;

    public string? UnknownToken { get; private set; }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="MergeException">MRG0241, MRG0242.</exception>
    public void Parse()
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw Unexpected("the file", "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.Text();
            reader.Read();
            if (key == "added_tokens") ReadAddedTokens();
            else if (key == "model") ReadModel();
            else LookForSpelling(key);
        }
        reader.Read();
        if (!hasModel || VocabularyItems.IsNone) throw new MergeException(Errors.TokenizerPart(new(file), "it has no model with a vocabulary", "'model' with 'vocab'"));
        ModelType ??= json[VocabularyItems.Start] == '[' ? "Unigram" : Merges.IsNone ? "WordPiece" : "BPE";
        foreach (AddedToken token in Added) Ids.TryAdd(token.Content, token.Id);
        // The model's own id wins: that is what the tokenizers library does when it loads the file.
        for (int i = 0; i < Added.Count; i++) Added[i] = Added[i] with { Id = Ids[Added[i].Content] };
    }

    void ReadAddedTokens()
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Unexpected("'added_tokens'", "an array");
        if (!AddedTokens.IsNone) throw new MergeException(Errors.TokenizerPart(Here(), "'added_tokens' is there twice", "it once"));
        int start = (int)reader.TokenStartIndex;
        List<(int, int)> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int item = (int)reader.TokenStartIndex;
            if (ReadAddedToken() is { Content.Length: > 0 } token) Added.Add(token);
            items.Add((item, (int)reader.BytesConsumed));
        }
        AddedTokens = new JsonItems(start, (int)reader.BytesConsumed, items);
    }

    AddedToken ReadAddedToken()
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Unexpected("an added token", "an object");
        SourcePosition position = Here();
        var token = new AddedToken(-1, "", Normalized: false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.Text();
            reader.Read();
            token = key switch
            {
                "id" => token with { Id = Id("an added token's id") },
                "content" => token with { Content = Text("an added token's content") },
                "single_word" => token with { SingleWord = reader.TokenType == JsonTokenType.True },
                "lstrip" => token with { LeftStrip = reader.TokenType == JsonTokenType.True },
                "rstrip" => token with { RightStrip = reader.TokenType == JsonTokenType.True },
                "normalized" => token with { Normalized = reader.TokenType == JsonTokenType.True },
                "special" => token with { Special = reader.TokenType == JsonTokenType.True },
                _ => token,
            };
            reader.Skip();
        }
        return token.Id >= 0 ? token : throw new MergeException(Errors.TokenizerPart(position, "an added token has no id", "'id' and 'content'"));
    }

    void ReadModel()
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Unexpected("'model'", "an object");
        if (hasModel) throw new MergeException(Errors.TokenizerPart(Here(), "'model' is there twice", "it once"));
        hasModel = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.Text();
            reader.Read();
            if (key == "type") ModelType = ModelTypeHere();
            else if (key == "vocab") ReadVocabulary();
            else if (key == "merges") Merges = Items("'merges'");
            else if (key == "unk_id" && reader.TokenType == JsonTokenType.Number) UnknownId = Id("'unk_id'");
            else if (key == "unk_token" && reader.TokenType == JsonTokenType.String) UnknownToken = reader.Text();
            else if (key == "continuing_subword_prefix" && reader.TokenType == JsonTokenType.String && reader.Text() != "") Spelling = TokenSpelling.Continuations;
            reader.Skip();
        }
    }

    string ModelTypeHere()
    {
        string type = Text("the model's type");
        return ModelTypes.Contains(type) ? type : throw new MergeException(Errors.TokenizerPart(Here(), $"the model's type is '{type}'", string.Join(", ", ModelTypes)));
    }

    void ReadVocabulary()
    {
        if (!VocabularyItems.IsNone) throw new MergeException(Errors.TokenizerPart(Here(), "'vocab' is there twice", "it once"));
        if (reader.TokenType == JsonTokenType.StartArray) ReadPieces();
        else if (reader.TokenType == JsonTokenType.StartObject) ReadTokens();
        else throw Unexpected("'vocab'", "an object of ids, or an array of pieces");
    }

    void ReadTokens()
    {
        int start = (int)reader.TokenStartIndex;
        List<(int, int)> items = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int item = (int)reader.TokenStartIndex;
            string token = reader.Text();
            reader.Read();
            Ids[token] = Id("a token's id");
            VocabularyIds.Add(Ids[token]);
            items.Add((item, (int)reader.BytesConsumed));
        }
        VocabularyItems = new JsonItems(start, (int)reader.BytesConsumed, items);
    }

    /// <summary>Pieces with scores; the place is the id. A piece that is there twice has the last place.</summary>
    void ReadPieces()
    {
        int start = (int)reader.TokenStartIndex;
        List<(int, int)> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int item = (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartArray) throw Unexpected("a piece", "an array of text and score");
            reader.Read();
            string piece = Text("a piece");
            if (items.Count >= Vocabulary.MostIds) throw new MergeException(Errors.TokenIdOutOfBounds(Here(), "a piece's place", items.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Ids[piece] = items.Count;
            VocabularyIds.Add(items.Count);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) reader.Skip();
            items.Add((item, (int)reader.BytesConsumed));
        }
        VocabularyItems = new JsonItems(start, (int)reader.BytesConsumed, items);
    }

    JsonItems Items(string what)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw Unexpected(what, "an array");
        int start = (int)reader.TokenStartIndex;
        List<(int, int)> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int item = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add((item, (int)reader.BytesConsumed));
        }
        return new JsonItems(start, (int)reader.BytesConsumed, items);
    }

    /// <summary>The types of the steps before the model tell the spelling.</summary>
    void LookForSpelling(string key)
    {
        int depth = reader.CurrentDepth;
        bool wanted = key is "normalizer" or "pre_tokenizer" && Spelling == TokenSpelling.Plain;
        if (!wanted || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.String) continue;
            if (reader.ValueTextEquals("ByteLevel"u8)) Spelling = TokenSpelling.Bytes;
            else if (reader.ValueTextEquals("▁"u8)) Spelling = TokenSpelling.Underlines;
        }
    }

    int Id(string what)
    {
        if (reader.TokenType != JsonTokenType.Number) throw Unexpected(what, $"a whole number from 0 to {Vocabulary.MostIds - 1}");
        return reader.TryGetInt32(out int id) && id is >= 0 and < Vocabulary.MostIds ? id
            : throw new MergeException(Errors.TokenIdOutOfBounds(Here(), what, reader.Found()));
    }

    string Text(string what) => reader.TokenType == JsonTokenType.String ? reader.Text() : throw Unexpected(what, "text");

    MergeException Unexpected(string what, string expected) => new(Errors.TokenizerPart(Here(), $"{what} is {reader.Found()}", expected));

    /// <summary>Line and column, in characters, of the token.</summary>
    SourcePosition Here()
    {
        ReadOnlySpan<byte> before = json[..(int)reader.TokenStartIndex];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
