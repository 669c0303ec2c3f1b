using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Kernels;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Kernels;

/// <summary>Random numbers are those of Philox 4x32-10: known answers of Salmon et al. 2011 (Random123, kat_vectors), by every kernel set and tile.</summary>
public class PublishedPhilox
{
    public static TheoryData<uint[], ulong, uint[]> Answers => new()
    {
        { [0, 0, 0, 0], 0, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], 0xffffffffffffffff, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], 0x299f31d0a4093822, [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void AreTheKnownAnswers(uint[] counter, ulong key, uint[] expected)
    {
        var stream = new PhiloxStream(key, counter[1], counter[2], counter[3]);
        var (a, b, c, d) = stream.Block(counter[0]);
        Assert.Equal<uint[]>(expected, [a, b, c, d]);
        long place = 4L * counter[0], first = place & ~15L;
        foreach (var kernels in KernelSet.All)
        {
            float[] tile = new float[64];
            kernels.Uniform(stream, first, tile);
            SameBits.Check([.. expected.Select(word => (word >> 8) / 16777216f)], tile.AsSpan((int)(place - first), 4), () => kernels.Name);
        }
    }

    /// <summary>Names enter by FNV-1a of 32 bits; its offset basis and the value of "a" are the published ones.</summary>
    [Fact]
    public void NamesAreHashedByFnv1a()
    {
        Assert.Equal(0x811C9DC5u, PhiloxStream.Hash(""));
        Assert.Equal(0xE40C292Cu, PhiloxStream.Hash("a"));
        Assert.Equal(new PhiloxStream(5, 0xE40C292C, 2, 0x811C9DC5), PhiloxStream.Of(5, "a", 2, ""));
    }

    [Fact]
    public void DoNotChangeWithTiles()
    {
        const int count = 140_003;
        var stream = PhiloxStream.Of(9, "w", 0, DrawNumbers.Purpose);
        float[] expected = new float[count];
        new ScalarKernels().Uniform(stream, 0, expected);
        var merge = new ArrayMerge(new DrawNumbers(), new TensorShape(count), null, [new float[count]]);
        foreach (var options in RunSettings.All) SameBits.Check(expected, merge.Run(options with { Seed = 9 }), () => $"{options}");
    }

    sealed class DrawNumbers : IMergeMethod
    {
        public const string Purpose = "test.draw";

        public MethodSpec Spec { get; } = new("draw", "Draw", "test", []);

        public LazyTensor Merge(MergeInputs inputs) => inputs.Models[0].Uniform(Purpose);
    }
}
