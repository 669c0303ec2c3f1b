namespace MergeBench;

/// <summary>Weights that look trained: a function of model, tensor name and position, so any block can be made alone.</summary>
/// <remarks>
/// Base: normal, deviation 0.02 (around 1 for vectors). A fine-tune adds a step of deviation 0.001, and 0.01 for one element in 50, so that
/// trimming and sign election have something to do. "Normal" is the sum of four uniform numbers: fast, and near enough here.
/// </remarks>
static class Noise
{
    /// <summary>Fills bfloat16 words with the elements of a tensor from <paramref name="first"/> on.</summary>
    /// <param name="model">0: the base; else the number of the fine-tune.</param>
    public static void Fill(Span<ushort> words, string tensor, long first, int model, bool isVector)
    {
        ulong baseKey = Key(0, tensor), stepKey = Key(model, tensor);
        for (int i = 0; i < words.Length; i++)
        {
            float value = Normal(Hash(baseKey, first + i)) * 0.02f + (isVector ? 1 : 0);
            if (model > 0) value += Step(Hash(stepKey, first + i));
            words[i] = ToBFloat16(value);
        }
    }

    static float Step(ulong hash) => Normal(hash) * (hash * 0x9E3779B97F4A7C15 >> 48 < 1311 ? 0.01f : 0.001f);

    /// <summary>Mean 0, deviation 1: the four 16-bit lanes, summed and scaled.</summary>
    static float Normal(ulong hash)
    {
        int sum = (int)(hash & 0xFFFF) + (int)(hash >> 16 & 0xFFFF) + (int)(hash >> 32 & 0xFFFF) + (int)(hash >> 48);
        return (sum - 131070) * (1f / 37837f);
    }

    /// <summary>SplitMix64 at a position.</summary>
    static ulong Hash(ulong key, long position)
    {
        ulong z = key + (ulong)position * 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    /// <summary>FNV-1a of the tensor's name, started apart for each model.</summary>
    static ulong Key(int model, string tensor)
    {
        ulong hash = 0xCBF29CE484222325 + (ulong)model;
        foreach (char letter in tensor) hash = (hash ^ letter) * 0x100000001B3;
        return hash;
    }

    static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)(bits + 0x7FFF + (bits >> 16 & 1) >> 16);
    }
}
