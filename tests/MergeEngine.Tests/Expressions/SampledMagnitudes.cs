using MergeEngine.Expressions;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Expressions;

/// <summary>In large tensors a sample says where the k-th magnitude may lie. Right or wrong, it changes only the number of passes.</summary>
public class SampledMagnitudes
{
    const int Count = (int)PassGeometry.SmallestSampled + 12_345, SampledPerBlock = 1 << 12;

    /// <summary>From 0 to 65535.</summary>
    static readonly int[] Random = Draw();

    static readonly MergeOptions[] Settings =
    [
        new(),
        new() { Kernels = "scalar", TileSize = 65536, Threads = 1 },
        new() { Kernels = "simd", TileSize = 1000, Threads = 3 },
    ];

    /// <summary>Elements, density, and passes over the whole tensor, the last of which makes the result.</summary>
    static readonly Dictionary<string, (Func<int, float> Element, double Density, int Passes)> Inputs = new()
    {
        ["all different"] = (i => (Noise(i) + Noise(i + Count) / 65536f) / 65536f, 0.05, 2),
        ["few values"] = (i => Noise(i) % 9 - 4, 0.5, 2),
        ["one value"] = (_ => -3, 0.3, 2),
        ["mostly zeros"] = (i => Noise(i) % 10 == 0 ? i : 0, 0.5, 2),
        ["equals among many patterns of a block"] = (i => BitConverter.UInt32BitsToSingle(0x40000000u + (uint)(Noise(i) % 200)), 0.5, 3),
        ["many magnitudes"] = (i => MathF.ScaleB(1 + Noise(i) / 65536f, Noise(i + Count) % 40 - 20), 0.5, 3),
        ["a sample of large ones only"] = (i => IsSampled(i) ? 1000 + Noise(i) : Noise(i) / 65536f, 0.5, 4),
        ["a sample of small ones only"] = (i => IsSampled(i) ? Noise(i) / 65536f : 1000 + Noise(i), 0.5, 4),
        ["a sample of zeros only"] = (i => IsSampled(i) ? 0 : 1 + Noise(i), 0.9999, 2),
    };

    public static TheoryData<string> Names => [.. Inputs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreThoseOfAStableSort(string name)
    {
        var (element, density, passes) = Inputs[name];
        float[] values = [.. Enumerable.Range(0, Count).Select(element)];
        float[] expected = StablySorted(values, (int)(density * Count));
        foreach (var options in Settings)
        {
            SameBits.Check(expected, LargestMagnitudes.Keep(values, density, out var tensors, options), () => $"{name}, {options}");
            int blocks = (Count + PassGeometry.BlockSize - 1) / PassGeometry.BlockSize;
            Assert.Equal((long)passes * Count + blocks * SampledPerBlock, tensors.BytesRead / sizeof(float));
        }
    }

    /// <summary>Sorts numbers that hold the magnitude's complement above the index.</summary>
    static float[] StablySorted(float[] values, int kept)
    {
        ulong[] keys = [.. values.Select((value, i) => (ulong)(uint.MaxValue - BitConverter.SingleToUInt32Bits(Math.Abs(value))) << 32 | (uint)i)];
        Array.Sort(keys);
        float[] result = new float[values.Length];
        foreach (ulong key in keys.AsSpan(0, kept)) result[(uint)key] = values[(uint)key];
        return result;
    }

    static bool IsSampled(int i) => i % PassGeometry.BlockSize < SampledPerBlock;

    static int Noise(int i) => Random[i];

    static int[] Draw()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 2 * Count).Select(_ => random.Next(65536))];
    }
}
