using System.Buffers.Binary;
using System.Text;

namespace MergeEngine.Tests.Fuzzing;

/// <summary>Damages bytes: a few edits, small and large, blind and with pieces that mean something.</summary>
sealed class Mutation(Random random, IReadOnlyList<string> tokens)
{
    const int MostBytes = 1 << 20;

    static readonly long[] Numbers = [0, 1, -1, 2, 127, 128, 255, 256, 65535, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    /// <param name="other">Another input, to take pieces from.</param>
    public byte[] Of(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (int edits = 1 << random.Next(4); edits > 0; edits--) Edit(bytes, other);
        if (bytes.Count > MostBytes) bytes.RemoveRange(MostBytes, bytes.Count - MostBytes);
        return [.. bytes];
    }

    void Edit(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), length = Math.Min(Length(), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0: bytes.RemoveRange(at, length); break;
            case 1: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
            case 2: bytes.InsertRange(at, Token()); break;
            case 3 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 4 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 5: Overwrite(bytes, at, Number()); break;
            case 6 when other.Length > 0: bytes.InsertRange(at, Piece(other)); break;
            case 7 when random.Next(8) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
            default: Overwrite(bytes, at, Token()); break;
        }
    }

    int Length() => random.Next(4) == 0 ? random.Next(1, 400) : random.Next(1, 12);

    byte[] Piece(byte[] other)
    {
        int start = random.Next(other.Length);
        return other[start..Math.Min(other.Length, start + Length())];
    }

    /// <summary>One byte a character where that is possible, so that tokens can be opcodes.</summary>
    byte[] Token()
    {
        string token = tokens[random.Next(tokens.Count)];
        return (token.All(c => c < 256) ? Encoding.Latin1 : Encoding.UTF8).GetBytes(token);
    }

    byte[] Number()
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
        return number[..(1 << random.Next(4))];
    }

    static void Overwrite(List<byte> bytes, int at, byte[] piece)
    {
        bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        bytes.InsertRange(at, piece);
    }
}
