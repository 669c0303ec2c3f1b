using System.Globalization;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Kernels;

/// <summary>Our own exponential, logarithm, sine, cosine and arc cosine against references of 60 digits.</summary>
public class ElementaryFunctions
{
    static readonly Dictionary<string, (Func<double, double> Function, long Ulps)> Functions = new()
    {
        ["exp"] = (Elementary.Exp, 1),
        ["log"] = (Elementary.Log, 2),
        ["sin"] = (Elementary.Sin, 1),
        ["cos"] = (Elementary.Cos, 1),
        ["acos"] = (Elementary.Acos, 2),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LieNextToTheReference(string name)
    {
        var (function, ulps) = Functions[name];
        (double Argument, double Value)[] rows = [.. Rows(name)];
        Assert.InRange(rows.Length, 50, int.MaxValue);
        foreach (var (argument, value) in rows)
            Assert.True(Math.Abs(Ordered(function(argument)) - Ordered(value)) <= ulps, $"{name}({argument:R}) = {function(argument):R}, expected {value:R}");
    }

    [Fact]
    public void HaveTheirLimits()
    {
        Assert.Equal(double.PositiveInfinity, Elementary.Exp(1000));
        Assert.Equal(0, Elementary.Exp(-1000));
        Assert.Equal(double.NegativeInfinity, Elementary.Log(0));
        Assert.Equal(double.PositiveInfinity, Elementary.Log(double.PositiveInfinity));
        Assert.Equal(0, Elementary.Acos(1.0000001));
        Assert.Equal(Math.PI, Elementary.Acos(-7));
        Assert.All([Elementary.Log(-1), Elementary.Exp(double.NaN), Elementary.Log(double.NaN), Elementary.Sin(double.NaN), Elementary.Cos(double.PositiveInfinity)], value => Assert.Equal(double.NaN, value));
    }

    static IEnumerable<(double, double)> Rows(string name) => File
        .ReadLines(Path.Combine(TestData.Repository, "tests", "MergeEngine.Tests", "Kernels", "elementary.psv"))
        .Select(line => line.Split(" | ")).Where(cells => cells[0] == name)
        .Select(cells => (double.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture)));

    /// <summary>Numbers as integers in their order, neighbours one apart.</summary>
    static long Ordered(double value) => BitConverter.DoubleToInt64Bits(value) is var bits && bits < 0 ? long.MinValue - bits : bits;
}
