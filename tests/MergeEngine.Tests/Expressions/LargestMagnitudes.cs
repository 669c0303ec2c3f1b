using MergeEngine.Checkpoints;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Expressions;

/// <summary>Keeping the k largest equals a stable sort by magnitude, also where nearly all magnitudes are equal.</summary>
public class LargestMagnitudes
{
    const int Blocks3 = 3 * 65536 + 17;

    static readonly Dictionary<string, (int Count, Func<int, float> Element)> Inputs = new()
    {
        ["one element"] = (1, _ => 3),
        ["all equal"] = (1000, i => i % 2 == 0 ? 0.25f : -0.25f),
        ["all zeros"] = (300, i => i % 3 == 0 ? -0f : 0),
        ["few values"] = (4099, i => Hash(i) % 7 - 3),
        ["mostly zeros"] = (4099, i => Hash(i) % 10 == 0 || i > 4090 ? i : 0),
        ["denormals"] = (2000, i => (Hash(i) % 50 - 25) * float.Epsilon),
        ["one bucket, all different"] = (2000, i => BitConverter.UInt32BitsToSingle(0x3F800000u + (uint)(Hash(i) % 65536))),
        ["extremes"] = (500, i => i % 3 == 0 ? float.MaxValue : i % 3 == 1 ? -float.Epsilon : 1),
        ["blocks of few values"] = (Blocks3, i => Hash(i) % 9 - 4),
        ["blocks of equal values"] = (Blocks3, _ => -1),
        ["blocks in one bucket with many values"] = (Blocks3, i => BitConverter.UInt32BitsToSingle(0x40000000u + (uint)(Hash(i) % 200))),
        ["blocks of all sorts"] = (Blocks3, i => Hash(i) / 1000f - 30),
        ["only the last block has values"] = (Blocks3, i => i >= 3 * 65536 ? Hash(i) % 5 : 0),
    };

    public static TheoryData<string> Names => [.. Inputs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreThoseOfAStableSort(string name)
    {
        var (count, element) = Inputs[name];
        float[] values = [.. Enumerable.Range(0, count).Select(element)];
        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => Math.Abs(values[i]))];
        foreach (int kept in Kept(count))
            foreach (var options in kept == count / 2 ? RunSettings.Paired : RunSettings.Few)
            {
                float[] expected = new float[count];
                foreach (int i in order.AsSpan(0, kept)) expected[i] = values[i];
                SameBits.Check(expected, Keep(values, (kept + 0.5) / count, out _, options), () => $"{kept} of {name}, {options}");
            }
    }

    /// <summary>Equal magnitudes are the normal case of 16-bit checkpoints; it costs no third counting pass.</summary>
    [Theory]
    [InlineData("blocks of few values", 0.5, 3)]
    [InlineData("blocks of equal values", 0.5, 3)]
    [InlineData("blocks in one bucket with many values", 0.5, 4)]
    [InlineData("blocks in one bucket with many values", 1, 1)]
    public void TakeFewPasses(string name, double density, int passes)
    {
        var (count, element) = Inputs[name];
        float[] values = [.. Enumerable.Range(0, count).Select(element)];
        Keep(values, density, out var tensors, new MergeOptions());
        Assert.Equal((long)passes * count * sizeof(float), tensors.BytesRead);
    }

    static IEnumerable<int> Kept(int count) => (count > 65536 ? [1, count / 5, count / 2] : new[] { 0, 1, 2, count / 5, count / 2, count - 1, count }).Where(kept => kept <= count).Distinct();

    internal static float[] Keep(float[] values, double density, out MemoryTensors tensors, MergeOptions options)
    {
        var expression = new Expression(Operator.KeepLargest, density, new Expression(Operator.Input, 0));
        return new ArrayMerge(new LazyReading(expression), new TensorShape(values.Length), null, [values]).Run(out tensors, options);
    }

    /// <summary>Numbers from 0 to 65535 that look random.</summary>
    static int Hash(int i) => (int)((uint)i * 2654435761u >> 16);
}
