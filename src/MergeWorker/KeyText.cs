using System.Security.Cryptography;
using System.Text;
using MergeEngine;
using MergeEngine.Recipes;

namespace MergeWorker;

/// <summary>Everything that decides the bytes of a model, as lines; their digest is the model's action key.</summary>
/// <param name="lines">No path, no time, nothing that does not change the result; each with the place in the recipe that it comes from.</param>
sealed class KeyText(IReadOnlyList<CanonicalLine> lines)
{
    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public string Key { get; } = Sha256(Join(lines));

    /// <summary>To compare with at the next change.</summary>
    public string Text => Join(lines);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The first thing that differs from the text of the last build, and where the recipe says it.</summary>
    /// <returns>null if nothing differs.</returns>
    public (SourcePosition Position, string Change)? FirstChange(string previous)
    {
        string[] before = previous.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var then = new HashSet<string>(before, StringComparer.Ordinal);
        HashSet<string> now = [.. lines.Select(line => line.Text)];
        for (int i = 0; i < lines.Count; i++)
        {
            if (then.Contains(lines[i].Text)) continue;
            string? old = i < before.Length && !now.Contains(before[i]) ? before[i] : null;
            return (lines[i].Position, Describe(lines[i].Text, old));
        }
        return before.FirstOrDefault(line => !now.Contains(line)) is { } gone ? (lines[0].Position, $"'{gone}' is gone") : null;
    }

    static string Describe(string now, string? then)
    {
        string subject = now[..Math.Max(0, now.LastIndexOf(' '))];
        if (then is null) return $"'{now}' is new";
        // Digests say nothing to a reader.
        return IsDigest(now[(subject.Length + 1)..]) && then.StartsWith(subject, StringComparison.Ordinal) ? $"'{subject}' changed" : $"'{now}', was '{then}'";
    }

    static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    static string Join(IEnumerable<CanonicalLine> all) => string.Concat(all.Select(line => line.Text.ReplaceLineEndings(" ") + "\n"));
}
