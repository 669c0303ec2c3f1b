using FsCheck;
using FsCheck.Xunit;
using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;
using static MergeEngine.Tests.Checkpoints.Torch.PickleBytes;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Elements that lie apart are gathered as index arithmetic says, through any window.</summary>
public class StridedTensors
{
    /// <summary>The definition: one element at a time.</summary>
    static float[] Plain(long offset, long[] extents, long[] strides)
    {
        long count = extents.Aggregate(1L, (product, extent) => product * extent);
        return [.. Enumerable.Range(0, (int)count).Select(flat =>
        {
            long at = offset, rest = flat;
            for (int i = extents.Length - 1; i >= 0; rest /= extents[i], i--) at += rest % extents[i] * strides[i];
            return (float)at;
        })];
    }

    static void AssertGathered(int stored, long offset, long[] extents, long[] strides)
    {
        using var folder = new TemporaryFolder().With("m.pt", Zip(Pickle(Dict(("w", Tensor(Storage("0", stored), offset, extents, strides)))), ("0", Floats(stored))));
        var tensor = Assert.Single(TorchFile.Read(folder["m.pt"]));
        float[] expected = Plain(offset, extents, strides);
        using var reader = new TensorReader();
        foreach (int piece in (int[])[expected.Length, 1 + expected.Length / 7, 64])
        {
            for (int first = 0; first < expected.Length; first += piece)
            {
                float[] found = new float[Math.Min(piece, expected.Length - first)];
                reader.Read(tensor, first * 4L, System.Runtime.InteropServices.MemoryMarshal.AsBytes(found.AsSpan()));
                Assert.Equal(expected[first..(first + found.Length)], found);
            }
        }
    }

    [Theory]
    [InlineData(300 * 400, 0, new long[] { 400, 300 }, new long[] { 1, 400 })]
    [InlineData(100_000, 7, new long[] { 3, 90 }, new long[] { 33_000, 11 })]
    [InlineData(100_000, 0, new long[] { 2, 4 }, new long[] { 70_000, 9_000 })]
    [InlineData(100_000, 0, new long[] { 33_333 }, new long[] { 3 })]
    [InlineData(100_000, 1, new long[] { 3, 33_333 }, new long[] { 33_333, 1 })]
    [InlineData(100_000, 0, new long[] { 20_000, 3 }, new long[] { 5, 1 })]
    [InlineData(50_000, 49_999, new long[] { 50_000 }, new long[] { 0 })]
    [InlineData(40_000, 0, new long[] { 2, 20_000, 2 }, new long[] { 20_000, 1, 0 })]
    [InlineData(60_000, 0, new long[] { 10, 20, 30, 10 }, new long[] { 1, 300, 10, 6000 })]
    public void OfManyElementsAreGathered(int stored, long offset, long[] extents, long[] strides) => AssertGathered(stored, offset, extents, strides);

    [Property(MaxTest = 150)]
    public void OfAnyShapeAreGathered(PositiveInt rank, int seed)
    {
        var random = new System.Random(seed);
        long[] extents = [.. Enumerable.Range(0, rank.Get % 5 + 1).Select(_ => (long)random.Next(1, 6))];
        long[] strides = [.. extents.Select(_ => (long)random.Next(0, 12))];
        long offset = random.Next(0, 10);
        AssertGathered((int)(offset + extents.Zip(strides, (extent, stride) => (extent - 1) * stride).Sum() + 1 + random.Next(0, 3)), offset, extents, strides);
    }
}
