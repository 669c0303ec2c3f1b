using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MergeEngine.Execution;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Adapters;

/// <summary>Laws of folding for any extents, ranks and numbers: methods-b B-01, invariants.</summary>
public sealed class AnyFactors
{
    public sealed record Factors(int Outputs, int Inputs, int Rank, int Seed)
    {
        public float[] Weight => Draw(Outputs * Inputs, 1);

        public float[] A => Draw(Rank * Inputs, 2);

        public float[] B => Draw(Outputs * Rank, 3);

        float[] Draw(int count, int salt)
        {
            var random = new Random(Seed * 4 + salt);
            return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 4 - 2)];
        }
    }

    public static class Generators
    {
        public static Arbitrary<Factors> Factors() => Arb.From(
            from outputs in Gen.Choose(1, 40)
            from inputs in Gen.Choose(1, 90)
            from rank in Gen.Choose(1, 20)
            from seed in Gen.Choose(0, 1 << 20)
            select new Factors(outputs, inputs, rank, seed));
    }

    [Property(Arbitrary = [typeof(Generators)], MaxTest = 20)]
    public void WithoutASecondFactorKeepEveryBit(Factors factors)
    {
        float[] weight = factors.Weight;
        weight[0] = -0f;
        Assert.Equal(Bits(weight), Bits(Fold(factors, weight, new float[factors.Outputs * factors.Rank], 8)));
    }

    /// <summary>On a model of zeros the update is all there is.</summary>
    [Property(Arbitrary = [typeof(Generators)], MaxTest = 20)]
    public void OfTwiceTheAlphaMakeTwiceTheUpdate(Factors factors)
    {
        float[] zero = new float[factors.Outputs * factors.Inputs];
        Assert.Equal(Fold(factors, zero, factors.B, 3).Select(element => 2 * element), Fold(factors, zero, factors.B, 6));
    }

    [Property(Arbitrary = [typeof(Generators)], MaxTest = 10)]
    public void GiveTheSameBitsHoweverTheyAreRun(Factors factors)
    {
        float[] first = Fold(factors, factors.Weight, factors.B, 3, RunSettings.All[0]);
        foreach (MergeOptions options in RunSettings.Few) Assert.Equal(Bits(first), Bits(Fold(factors, factors.Weight, factors.B, 3, options)));
    }

    static float[] Fold(Factors factors, float[] weight, float[] b, int alpha, MergeOptions? options = null)
    {
        using var model = new HandmadeModel("fc.weight", [factors.Outputs, factors.Inputs], weight);
        return model.With($"\"r\": {factors.Rank}, \"lora_alpha\": {alpha}", ("fc.lora_A.weight", [factors.Rank, factors.Inputs], factors.A), ("fc.lora_B.weight", [factors.Outputs, factors.Rank], b)).Fold(options);
    }

    static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
