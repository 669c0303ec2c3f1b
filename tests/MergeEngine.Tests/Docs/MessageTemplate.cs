using System.Text;

namespace MergeEngine.Tests.Docs;

/// <summary>The text of a message from its C# expression: literals joined, interpolations as an ellipsis, alternatives side by side.</summary>
static class MessageTemplate
{
    const int ShortestText = 12;

    /// <param name="start">A place outside of strings; the expression ends at the next semicolon.</param>
    public static string Read(string source, int start)
    {
        var text = new StringBuilder();
        string joint = "";
        for (int at = start; source[at] != ';'; at++)
        {
            if (source[at] == ':') joint = text.Length > 0 ? " / " : "";
            if (source[at] != '"') continue;
            string literal = Literal(source, ref at);
            if (literal.Length < ShortestText) continue;
            text.Append(joint).Append(literal);
            joint = "";
        }
        return text.ToString().Trim();
    }

    // Leaves `at` on the closing quote.
    static string Literal(string source, ref int at)
    {
        bool interpolated = source[at - 1] == '$';
        var text = new StringBuilder();
        for (at++; source[at] != '"'; at++)
        {
            if (source[at] == '\\') text.Append(source[++at]);
            else if (interpolated && source[at] == '{' && source[at + 1] != '{') text.Append(Hole(source, ref at));
            else if (interpolated && source[at] is '{' or '}') text.Append(source[++at]);
            else text.Append(source[at]);
        }
        return text.ToString();
    }

    // Leaves `at` on the closing brace.
    static char Hole(string source, ref int at)
    {
        for (int depth = 1; depth > 0;)
        {
            at++;
            if (source[at] == '{') depth++;
            if (source[at] == '}') depth--;
        }
        return '…';
    }
}
