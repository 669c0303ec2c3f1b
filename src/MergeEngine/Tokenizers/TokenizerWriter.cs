using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MergeEngine.Tokenizers;

/// <summary>Writes the tokenizer.json of an output: the origin's text, byte for byte, but for what the output's vocabulary changes.</summary>
static class TokenizerWriter
{
    /// <param name="origin">Where the text comes from.</param>
    /// <param name="vocabulary">Made of the same file.</param>
    public static string Text(TokenizerFile origin, OutputVocabulary vocabulary)
    {
        List<(int Start, int End, byte[] Text)> edits = [AddedTokens(origin, vocabulary)];
        if (origin.ModelTokenIds.Any(id => id >= vocabulary.Limit)) edits.AddRange(Stripped(origin, vocabulary));
        var text = new StringBuilder();
        int done = 0;
        foreach (var (start, end, replacement) in edits.OrderBy(edit => edit.Start))
        {
            text.Append(Encoding.UTF8.GetString(origin.Json.AsSpan(done..start))).Append(Encoding.UTF8.GetString(replacement));
            done = end;
        }
        return text.Append(Encoding.UTF8.GetString(origin.Json.AsSpan(done..))).ToString();
    }

    /// <summary>Kept items as they are, changed and new ones beside them in the order of ids.</summary>
    static (int, int, byte[]) AddedTokens(TokenizerFile origin, OutputVocabulary vocabulary)
    {
        HashSet<int> changed = [.. vocabulary.Changed.Select(token => token.Id)];
        Dictionary<int, (int Start, int End)> kept = [];
        foreach (var item in origin.AddedTokens.Items) kept.TryAdd(IdOf(origin, item), item);
        bool isIndented = origin.Json.AsSpan().Contains((byte)'\n');
        var items = vocabulary.Added.Select(token => changed.Contains(token.Id) || !kept.TryGetValue(token.Id, out var item) ? Item(token, isIndented) : origin.Json[item.Start..item.End]);
        byte[] list = Join('[', items, ']', isIndented ? 2 : 0);
        if (!origin.AddedTokens.IsNone) return (origin.AddedTokens.Start, origin.AddedTokens.End, list);
        int root = origin.Json.AsSpan().IndexOf((byte)'{') + 1;
        return (root, root, [.. "\"added_tokens\": "u8, .. list, .. ","u8]);
    }

    /// <summary>An added token's id is its model's where the model has the token.</summary>
    static int IdOf(TokenizerFile origin, (int Start, int End) item)
    {
        using JsonDocument token = JsonDocument.Parse(origin.Json.AsMemory(item.Start..item.End));
        return token.RootElement.TryGetProperty("content", out JsonElement content) ? origin.Tokens.IdOf(content.GetString()!) : -1;
    }

    static byte[] Item(AddedToken token, bool isIndented)
    {
        string comma = isIndented ? ",\n      " : ", ";
        string text = string.Join(comma,
        [
            $"\"id\": {token.Id}", $"\"content\": {JsonSerializer.Serialize(token.Content, Readable)}", Flag("single_word", token.SingleWord), Flag("lstrip", token.LeftStrip),
            Flag("rstrip", token.RightStrip), Flag("normalized", token.Normalized), Flag("special", token.Special),
        ]);
        return Encoding.UTF8.GetBytes(isIndented ? $"{{\n      {text}\n    }}" : $"{{{text}}}");
    }

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static string Flag(string name, bool value) => $"\"{name}\": {(value ? "true" : "false")}";

    /// <summary>Takes tokens without rows out of the model, and the merges that take or give one.</summary>
    static IEnumerable<(int, int, byte[])> Stripped(TokenizerFile origin, OutputVocabulary vocabulary)
    {
        JsonItems tokens = origin.ModelTokens;
        int indent = origin.Json.AsSpan().Contains((byte)'\n') ? 4 : 0;
        var kept = tokens.Items.Where((_, i) => origin.ModelTokenIds[i] < vocabulary.Limit).Select(item => origin.Json[item.Start..item.End]);
        yield return (tokens.Start, tokens.End, Join((char)origin.Json[tokens.Start], kept, (char)origin.Json[tokens.End - 1], indent));
        if (origin.Merges.IsNone) yield break;
        HashSet<string> gone = [.. vocabulary.Stripped];
        var merges = origin.Merges.Items.Select(item => origin.Json[item.Start..item.End]).Where(merge => !Uses(merge, gone));
        yield return (origin.Merges.Start, origin.Merges.End, Join('[', merges, ']', indent));
    }

    /// <summary>A merge is <c>"a b"</c> or <c>["a", "b"]</c>, and gives <c>ab</c>.</summary>
    static bool Uses(byte[] merge, HashSet<string> tokens)
    {
        using JsonDocument json = JsonDocument.Parse(merge);
        string[] parts = json.RootElement.ValueKind switch
        {
            JsonValueKind.String => json.RootElement.GetString()!.Split(' '),
            JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()!)],
            _ => [],
        };
        return parts.Any(tokens.Contains) || tokens.Contains(string.Concat(parts));
    }

    static byte[] Join(char open, IEnumerable<byte[]> items, char close, int indent)
    {
        byte[] before = Encoding.UTF8.GetBytes(indent > 0 ? "\n" + new string(' ', indent + 2) : ""), after = before.Length > 0 ? before[..^2] : [];
        List<byte> text = [(byte)open];
        foreach (byte[] item in items)
        {
            if (text.Count > 1) text.Add((byte)',');
            text.AddRange(before);
            text.AddRange(item);
        }
        if (text.Count > 1) text.AddRange(after);
        text.Add((byte)close);
        return [.. text];
    }
}
