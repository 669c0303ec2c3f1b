using System.Security.Cryptography;

namespace MergeEngine.Output;

/// <summary>What a manifest says about a file.</summary>
/// <param name="Name">Name relative to the model's folder, with '/'.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Digest of the bytes, 64 lower-case hexadecimal digits; null for weights, which would have to be read again: the manifest has the digest of each tensor.</param>
public sealed record FileFact(string Name, long Size, string? Sha256)
{
    /// <summary>Reads the whole file once, in blocks.</summary>
    /// <exception cref="MergeException">MRG0209: the file cannot be read.</exception>
    public static FileFact Of(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
            byte[] digest = SHA256.HashData(file);
            return new FileFact(name, file.Position, Convert.ToHexStringLower(digest));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(path, error.Message));
        }
    }

    internal static FileFact Of(string name, ReadOnlySpan<byte> bytes) => new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
}
