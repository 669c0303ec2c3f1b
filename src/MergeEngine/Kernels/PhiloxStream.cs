using System.Text;

namespace MergeEngine.Kernels;

/// <summary>Names a stream of random numbers: a function of position, the same on every machine and for every order of reading.</summary>
/// <remarks>Philox 4x32-10 (Salmon et al. 2011). Counter = (element index / 4, tensor name, model index, purpose), names by FNV-1a-32; key = seed.
/// Element i uses word i mod 4; uniform = (word >> 8) / 2^24.</remarks>
public readonly record struct PhiloxStream(ulong Seed, uint Tensor, uint Model, uint Purpose)
{
    internal const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <param name="seed">Seed of the recipe.</param>
    /// <param name="tensor">Name of the output tensor.</param>
    /// <param name="model">Model index in recipe order, the base not counted.</param>
    /// <param name="purpose">What the numbers are for, such as <c>dare.keep</c>.</param>
    public static PhiloxStream Of(ulong seed, string tensor, int model, string purpose) =>
        new(seed, Hash(tensor), (uint)model, Hash(purpose));

    /// <summary>The four words of a counter block.</summary>
    public (uint, uint, uint, uint) Block(uint index)
    {
        (uint c0, uint c1, uint c2, uint c3) = (index, Tensor, Model, Purpose);
        (uint k0, uint k1) = ((uint)Seed, (uint)(Seed >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)MultiplierA * c0, b = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }
        return (c0, c1, c2, c3);
    }

    public static float ToUniform(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>FNV-1a, 32 bits, of the UTF-8 text.</summary>
    public static uint Hash(string text)
    {
        uint hash = 0x811C9DC5;
        foreach (byte value in Encoding.UTF8.GetBytes(text)) hash = (hash ^ value) * 0x01000193;
        return hash;
    }
}
