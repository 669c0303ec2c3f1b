using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MergeEngine.Checkpoints;

/// <summary>What <see cref="Utf8JsonReader"/> lacks for hostile input: strings that cannot throw anything else, words for errors.</summary>
static class JsonText
{
    const int ShownBytes = 40;

    /// <summary>The string or property name at the reader.</summary>
    /// <exception cref="JsonException">It holds half of a surrogate pair.</exception>
    public static string Text(this ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("a string holds half of a surrogate pair.", null, 0, reader.TokenStartIndex);
        }
    }

    /// <summary>Sees to it that every string of a text can be read, so that a tree made of it throws nothing later.</summary>
    /// <exception cref="JsonException">It is not JSON, not UTF-8, or a string holds half of a surrogate pair.</exception>
    public static void CheckStrings(ReadOnlySpan<byte> json, int deepest)
    {
        if (!Utf8.IsValid(json)) throw new JsonException("it is not UTF-8.");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = deepest });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.Text();
    }

    /// <summary>The token in words, such as "the number 4.5" or "an array".</summary>
    public static string Found(this ref readonly Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Number => $"the number {Shown(reader.ValueSpan)}",
        _ => $"the string '{Shown(reader.ValueSpan)}'",
    };

    /// <summary>What is wrong, without the place that System.Text.Json appends.</summary>
    public static string Reason(JsonException exception)
    {
        string message = exception.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    /// <summary>The place that the exception names; the column counts bytes.</summary>
    public static SourcePosition Position(string file, JsonException exception) =>
        new(file, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);

    static string Shown(ReadOnlySpan<byte> value) => Errors.OneLine(
        value.Length <= ShownBytes ? Encoding.UTF8.GetString(value) : Encoding.UTF8.GetString(value[..ShownBytes]) + "...");
}
