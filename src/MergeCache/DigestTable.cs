using System.Security.Cryptography;
using System.Text;

namespace MergeCache;

/// <summary>Remembers what hashing a file gave, shared by all projects of a user. One small file for each hashed file; knows nothing of what the lines mean.</summary>
/// <param name="folder">Lies outside of any project's obj folder: Clean must not cost a new reading of every base model.</param>
public sealed class DigestTable(string folder)
{
    const string Header = "mergesdk-digests 1";

    /// <returns>The lines that were stored while the file had this very stamp; null if there are none that can be trusted.</returns>
    public IReadOnlyList<string>? Find(string path, FileStamp stamp)
    {
        string[]? lines = AtomicFile.TryRead(Entry(path))?.Split('\n');
        if (lines is not [Header, ..] || lines.Length < 3 || lines[^1] != "") return null;
        return TrackedPath.Parse(lines[1]) is { } known && known.Path == path && known.Stamp == stamp
            ? Array.ConvertAll(lines[2..^1], line => LineText.Unescape(line))
            : null;
    }

    /// <summary>Stores lines for a file; a file that was young when it was read is not stored, so it is read again next time.</summary>
    /// <param name="seen">The file as it was before it was read.</param>
    /// <remarks>A table that cannot be written costs time, never a build.</remarks>
    public void Store(TrackedPath seen, IEnumerable<string> lines)
    {
        if (seen.Young || seen.Stamp is null) return;
        var text = new StringBuilder().Append(Header).Append('\n').Append(seen).Append('\n');
        foreach (string line in lines) text.Append(LineText.Escape(line)).Append('\n');
        AtomicFile.TryWrite(Entry(seen.Path), text.ToString());
    }

    string Entry(string path) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32]);
}
