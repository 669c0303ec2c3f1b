using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests;

/// <summary>What the action key says, one thread for each call, must make results repeatable.</summary>
public sealed class SideBySide
{
    [SkippableFact]
    public void ThreadsGetTheSameBits()
    {
        ILinearAlgebra algebra = TorchFixture.LinearAlgebra;
        float[] matrix = Numbers.Random<float>(300 * 200, 7);
        float[] Factor(int shift)
        {
            // At another address each time.
            float[] moved = [.. new float[shift], .. matrix];
            float[] left = new float[300 * 20], values = new float[20], right = new float[20 * 200], product = new float[300 * 200];
            algebra.Svd<float>(new(moved.AsSpan(shift), 300, 200), left.As(300, 20), values, right.As(20, 200));
            algebra.Multiply<float>(left.As(300, 20), right.As(20, 200), product.As(300, 200));
            return [.. left, .. values, .. right, .. product];
        }
        float[][] results = new float[8][];
        Parallel.For(0, results.Length, i => results[i] = Factor(i));
        Assert.All(results, result => Assert.Equal(results[0], result));
    }
}
