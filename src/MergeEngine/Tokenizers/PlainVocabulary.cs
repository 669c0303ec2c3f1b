using System.Globalization;
using System.Text;
using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tokenizers;

/// <summary>Reads the vocabulary of a folder without tokenizer.json: vocab.json, or vocab.txt, with added tokens in added_tokens.json or tokenizer_config.json.</summary>
static class PlainVocabulary
{
    /// <returns>Null if there is neither file.</returns>
    /// <exception cref="MergeException">MRG0240-MRG0242.</exception>
    public static Vocabulary? Read(string directory, TokenizerConfig? config)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        string json = Path.Combine(directory, "vocab.json"), text = Path.Combine(directory, "vocab.txt"), more = Path.Combine(directory, "added_tokens.json");
        if (File.Exists(json)) ReadJson(json, ids);
        else if (File.Exists(text)) ReadLines(text, ids);
        else return null;
        var before = new HashSet<string>(ids.Keys, StringComparer.Ordinal);
        if (File.Exists(more)) ReadJson(more, ids);
        List<AddedToken> added = [.. config?.Added ?? []];
        foreach (AddedToken token in added) ids.TryAdd(token.Content, token.Id);
        added.AddRange(ids.Where(entry => !before.Contains(entry.Key)).Select(entry => new AddedToken(entry.Value, entry.Key)));
        return new Vocabulary(ids, added.Select(token => token with { Id = ids[token.Content] }));
    }

    static void ReadLines(string path, Dictionary<string, int> ids)
    {
        using var reader = new StringReader(Encoding.UTF8.GetString(SmallFile.Read(path, TokenizerFile.MostBytes, Errors.TokenizerNotReadable)));
        for (int id = 0; reader.ReadLine() is { } line; id++)
        {
            if (id >= Vocabulary.MostIds) throw new MergeException(Errors.TokenIdOutOfBounds(new(path, id + 1, 1), "a line's number", id.ToString(CultureInfo.InvariantCulture)));
            ids[line] = id;
        }
    }

    static void ReadJson(string path, Dictionary<string, int> ids)
    {
        byte[] utf8 = SmallFile.Read(path, TokenizerFile.MostBytes, Errors.TokenizerNotReadable);
        try
        {
            ReadIds(utf8, path, ids);
        }
        catch (JsonException error)
        {
            throw new MergeException(Errors.TokenizerNotJson(JsonText.Position(path, error), JsonText.Reason(error)));
        }
    }

    static void ReadIds(ReadOnlySpan<byte> utf8, string path, Dictionary<string, int> ids)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new MergeException(Errors.TokenizerPart(new(path), $"the file is {reader.Found()}", "an object of ids"));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string token = reader.Text();
            reader.Read();
            bool isId = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int id) && id is >= 0 and < Vocabulary.MostIds;
            ids[token] = isId ? reader.GetInt32() : throw new MergeException(Errors.TokenIdOutOfBounds(new(path), $"the id of '{token}'", reader.Found()));
        }
        reader.Read();
    }
}
