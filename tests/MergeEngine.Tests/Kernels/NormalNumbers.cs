using MergeEngine.Kernels;

namespace MergeEngine.Tests.Kernels;

public class NormalNumbers
{
    static readonly PhiloxStream Stream = PhiloxStream.Of(3, "w", 1, "moe.noise");

    /// <summary>Source: methods-c 0.5, known answers.</summary>
    [Fact]
    public void AreThoseOfTheSpecification()
    {
        (double even, double odd) = PhiloxNormal.Pair(new PhiloxStream(42, 0, 0, 0), 0);
        Assert.Equal(1.234541820978, even, 1e-12);
        Assert.Equal(0.611849930268, odd, 1e-12);
    }

    [Fact]
    public void HaveTheMomentsOfTheNormalDistribution()
    {
        var values = new float[1 << 18];
        PhiloxNormal.Fill(Stream, 0, values);
        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => (double)value * value), 0.02);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
        Assert.Equal(0.6827, values.Count(value => Math.Abs(value) < 1) / (double)values.Length, 0.01);
    }

    [Fact]
    public void AreAFunctionOfPosition()
    {
        var (all, part) = (new float[100], new float[37]);
        PhiloxNormal.Fill(Stream, 0, all);
        PhiloxNormal.Fill(Stream, 48, part);
        Assert.Equal(all[48..85], part);
    }

    [Fact]
    public void AreFiniteAtTheEndsOfTheInterval()
    {
        Assert.Equal(Math.Log(Math.Pow(2, -53)), PhiloxNormal.Log(Math.Pow(2, -53)), 1e-14);
        Assert.Equal(0, PhiloxNormal.Log(1));
    }

    [Fact]
    public void UseALogarithmOfFullPrecision()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double x = random.NextDouble() * Math.Pow(2, -random.Next(50)), expected = Math.Log(x);
            Assert.Equal(expected, PhiloxNormal.Log(x), Math.Max(1e-15, Math.Abs(expected) * 1e-15));
        }
    }

    [Fact]
    public void UseAngleFunctionsOfFullPrecision()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double turns = random.NextDouble();
            (double sine, double cosine) = PhiloxNormal.SinCosOfTurns(turns);
            Assert.Equal(Math.Sin(2 * Math.PI * turns), sine, 2e-15);
            Assert.Equal(Math.Cos(2 * Math.PI * turns), cosine, 2e-15);
        }
    }
}
