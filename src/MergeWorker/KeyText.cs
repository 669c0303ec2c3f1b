using System.Security.Cryptography;
using System.Text;
using MergeEngine;

namespace MergeWorker;

/// <summary>Everything that decides the bytes of a model, as lines; their digest is the model's action key.</summary>
sealed class KeyText
{
    public KeyText(IReadOnlyList<KeyLine> lines)
    {
        Lines = lines;
        Text = string.Concat(lines.Select(line => line.Text.ReplaceLineEndings(" ") + "\n"));
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    public IReadOnlyList<KeyLine> Lines { get; }

    public string Text { get; }

    /// <summary>SHA-256 of the text in hexadecimal digits.</summary>
    public string Key { get; }

    /// <summary>The first thing that differs from the text of the last build, and where the recipe says it.</summary>
    /// <returns>null if nothing differs.</returns>
    public (SourcePosition Position, string Change)? FirstChange(string previous)
    {
        string[] before = previous.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < Lines.Count; i++)
        {
            string now = Lines[i].Text;
            string? then = i < before.Length ? before[i] : null;
            if (now == then) continue;
            return (Lines[i].Position, Describe(now, then is null || Lines.Any(line => line.Text == then) ? null : then));
        }
        return before.Length > Lines.Count ? (Lines[^1].Position, $"'{before[Lines.Count]}' is gone") : null;
    }

    static string Describe(string now, string? then) => then is null ? $"'{now}' is new" : $"'{now}', was '{then}'";
}
