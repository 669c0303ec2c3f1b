using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MergeEngine.Planning;

/// <summary>How one model's table for the output's vocabulary comes about, row by row.</summary>
/// <param name="rows">Origin of each row.</param>
/// <param name="means">The rows that means are made of, in the order in which they are added.</param>
public sealed class RowMap(RowOrigin[] rows, IReadOnlyList<RowOrigin[]> means)
{
    string? digest;

    public IReadOnlyList<RowOrigin> Rows => rows;

    public IReadOnlyList<RowOrigin[]> Means => means;

    /// <summary>Rows that have a token.</summary>
    public int RealRows { get; } = rows.Count(row => !row.IsPadding);

    /// <summary>Bytes of the map.</summary>
    public long HeldBytes => 8L * (rows.Length + means.Sum(mean => mean.Length));

    /// <summary>SHA-256 of all origins: equal for equal maps.</summary>
    public string Digest => digest ??= Compute();

    string Compute()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RowOrigin[] part in means.Prepend(rows))
        {
            hash.AppendData(BitConverter.GetBytes((long)part.Length));
            hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
