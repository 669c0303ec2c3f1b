using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>What DARE drops: by chance, the right share, the same on every run, for each model on its own.</summary>
public class RandomDrops
{
    const int Count = 100_000;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void KeepTheDensityWithinFiveSigma(double density)
    {
        double expected = density * Count, sigma = Math.Sqrt(Count * density * (1 - density));
        for (ulong seed = 0; seed < 4; seed++) Assert.InRange(Kept([density], new MergeOptions { Seed = seed })[0].Count(kept => kept), expected - 5 * sigma, expected + 5 * sigma);
    }

    [Fact]
    public void AreTheSameBitsForTheSameSeed()
    {
        bool[] first = Kept([0.3], new MergeOptions { Seed = 7 })[0];
        foreach (var options in RunSettings.Few) Assert.Equal(first, Kept([0.3], options with { Seed = 7 })[0]);
        Assert.NotEqual(first, Kept([0.3], new MergeOptions { Seed = 8 })[0]);
    }

    [Fact]
    public void OfAModelDoNotDependOnTheOthers()
    {
        bool[][] alone = Kept([0.5], new MergeOptions()), together = Kept([0.5, 0.2, 1], new MergeOptions());
        Assert.Equal(alone[0], together[0]);
        Assert.NotEqual(alone[0], Kept([0.5, 0.5], new MergeOptions())[1]);
    }

    /// <summary>Two models with density 1/2 agree by chance on half of the elements.</summary>
    [Fact]
    public void OfTwoModelsAreIndependent()
    {
        bool[][] kept = Kept([0.5, 0.5], new MergeOptions());
        double agreeing = kept[0].Zip(kept[1]).Count(pair => pair.First == pair.Second), sigma = Math.Sqrt(Count * 0.25);
        Assert.InRange(agreeing, Count / 2 - 5 * sigma, Count / 2 + 5 * sigma);
    }

    /// <summary>Divided by the density, the mean over many elements is the task vector's.</summary>
    [Fact]
    public void KeepTheExpectedValueWithInverseDensity()
    {
        float[] merged = Merge([0.25], new MergeOptions(), "inverse_density");
        Assert.Equal([0, 4], merged.Distinct().Order());
        Assert.InRange(merged.Average(), 1 - 5 * Math.Sqrt(3.0 / Count), 1 + 5 * Math.Sqrt(3.0 / Count));
    }

    /// <summary>Model t's task vector is 4^t everywhere, so the digits of the sum to base 4 tell who was kept.</summary>
    static bool[][] Kept(double[] densities, MergeOptions options)
    {
        float[] merged = Merge(densities, options, "none");
        return [.. densities.Select((_, t) => merged.Select(sum => ((int)sum >> (2 * t) & 1) == 1).ToArray())];
    }

    static float[] Merge(double[] densities, MergeOptions options, string rescale)
    {
        float[][] models = [.. densities.Select((_, t) => Enumerable.Repeat((float)(1 << (2 * t)), Count).ToArray())];
        var merge = ArrayMerge.Of("dare_linear", new float[Count], models).WithEach("weight", [.. densities.Select(_ => 1.0)]).WithEach("density", densities);
        return merge.With(("rescale", merge.Method.Spec.Value("rescale", rescale))).Run(options);
    }
}
