using System.Text;

namespace MergeEngine.Architectures;

/// <summary>Python writes NaN and Infinity into JSON files, which JSON does not have. They are read as strings with a mark, and written as they were.</summary>
static class PythonNumbers
{
    /// <summary>A character that no string of a real configuration begins with, and that is written without an escape.</summary>
    const string Mark = "\u2045";

    static readonly string[] Words = ["-Infinity", "Infinity", "NaN"];

    /// <summary>Puts the words into marked strings where they stand for a value. Positions on such a line shift, nothing else changes.</summary>
    public static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("NaN"u8) < 0 && utf8.IndexOf("Infinity"u8) < 0) return utf8;
        var result = new List<byte>(utf8.Length + 64);
        bool quoted = false;
        for (int i = 0; i < utf8.Length; i++)
        {
            byte c = utf8[i];
            if (c == '"') quoted = !quoted;
            string? word = quoted ? null : WordAt(utf8[i..]);
            result.AddRange(word is null ? [c] : Encoding.UTF8.GetBytes($"\"{Mark}{word}\""));
            if (word is not null) i += word.Length - 1;
            else if (quoted && c == '\\' && i + 1 < utf8.Length) result.Add(utf8[++i]);
        }
        return result.ToArray();
    }

    /// <summary>Takes the quotes and marks away again.</summary>
    public static string Unquote(string json) => Words.Aggregate(json, (text, word) => text.Replace($"\"{Mark}{word}\"", word, StringComparison.Ordinal));

    static string? WordAt(ReadOnlySpan<byte> utf8)
    {
        foreach (string word in Words)
            if (utf8.StartsWith(Encoding.UTF8.GetBytes(word))) return word;
        return null;
    }
}
