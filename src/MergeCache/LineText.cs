namespace MergeCache;

/// <summary>Lets any text stand on one line of a file: backslash and line ends are escaped.</summary>
public static class LineText
{
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('\\', '\n', '\r') < 0
            ? text
            : text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");

    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var result = new System.Text.StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool escaped = text[i] == '\\' && i + 1 < text.Length;
            char next = escaped ? text[++i] : text[i];
            result.Append(escaped ? next switch { 'n' => '\n', 'r' => '\r', _ => next } : next);
        }
        return result.ToString();
    }
}
