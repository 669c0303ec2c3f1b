using System.Security.Cryptography;
using MergeCache;
using MergeEngine;

namespace MergeWorker;

/// <summary>SHA-256 of whole files, each read once: the table of the cache remembers them between builds.</summary>
sealed class FileHashes(DigestTable table)
{
    /// <summary>Of what has no bytes and is not opened: it may be a named pipe, which would wait for a writer forever.</summary>
    static readonly string Empty = Convert.ToHexStringLower(SHA256.HashData([]));

    readonly Dictionary<string, (TrackedPath Seen, string Sha256)> known = new(StringComparer.Ordinal);

    /// <returns>64 hexadecimal digits.</returns>
    /// <exception cref="MergeException">MRG0209: the file cannot be read.</exception>
    public string Of(string file) => Find(file).Sha256;

    /// <summary>The file as it was when it was read.</summary>
    public TrackedPath Seen(string file) => Find(file).Seen;

    (TrackedPath Seen, string Sha256) Find(string file)
    {
        if (known.TryGetValue(file, out var found)) return found;
        TrackedPath seen = TrackedPath.See(file, FileStamp.Now());
        if (seen.Stamp is { } stamp && table.Find(file, stamp) is [var stored])
            found = (seen with { Young = false }, stored);
        else
            table.Store(seen, [(found = (seen, seen.Stamp is { Size: 0 } ? Empty : Read(file))).Sha256]);
        known.Add(file, found);
        return found;
    }

    static string Read(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(file, e.Message));
        }
    }
}
