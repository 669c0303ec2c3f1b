using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Tests.Recipes;

/// <summary>Expected values are those of PyYAML 6 safe_load, and of float() for text.</summary>
public class Yaml11Scalar
{
    [Theory]
    [InlineData("yes", ScalarKind.Boolean, 1.0)]
    [InlineData("Off", ScalarKind.Boolean, 0.0)]
    [InlineData("TRUE", ScalarKind.Boolean, 1.0)]
    [InlineData("tRue", ScalarKind.Text, null)]
    [InlineData("y", ScalarKind.Text, null)]
    [InlineData("~", ScalarKind.Null, null)]
    [InlineData("", ScalarKind.Null, null)]
    [InlineData("NULL", ScalarKind.Null, null)]
    [InlineData("-12", ScalarKind.Integer, -12.0)]
    [InlineData("1_000", ScalarKind.Integer, 1000.0)]
    [InlineData("010", ScalarKind.Integer, 8.0)]
    [InlineData("-010", ScalarKind.Integer, -8.0)]
    [InlineData("08", ScalarKind.Text, 8.0)]
    [InlineData("0x1F", ScalarKind.Integer, 31.0)]
    [InlineData("0b101", ScalarKind.Integer, 5.0)]
    [InlineData("0x_", ScalarKind.Text, null)]
    [InlineData("1:30", ScalarKind.Integer, 90.0)]
    [InlineData("-1:30:05", ScalarKind.Integer, -5405.0)]
    [InlineData("1:30.5", ScalarKind.Float, 90.5)]
    [InlineData("1:75", ScalarKind.Text, null)]
    [InlineData("0.3", ScalarKind.Float, 0.3)]
    [InlineData(".5", ScalarKind.Float, 0.5)]
    [InlineData("1.", ScalarKind.Float, 1.0)]
    [InlineData("1.5e+3", ScalarKind.Float, 1500.0)]
    [InlineData("1.5e3", ScalarKind.Text, 1500.0)]
    [InlineData("1e-5", ScalarKind.Text, 1e-5)]
    [InlineData("7e-1", ScalarKind.Text, 0.7)]
    [InlineData("1E-07", ScalarKind.Text, 1e-7)]
    [InlineData("-.Inf", ScalarKind.Float, double.NegativeInfinity)]
    [InlineData(".NaN", ScalarKind.Float, double.NaN)]
    [InlineData("heavy", ScalarKind.Text, null)]
    [InlineData("1 2", ScalarKind.Text, null)]
    [InlineData("1__0", ScalarKind.Integer, 10.0)]
    [InlineData("0.5\n", ScalarKind.Text, 0.5)]
    public void IsReadAsPyYamlDoes(string text, ScalarKind kind, double? number)
    {
        var scalar = new YamlScalar(new SourcePosition("r.yml"), text);
        Assert.Equal(kind, scalar.Kind);
        Assert.Equal(number, scalar.Number);
    }

    [Fact]
    public void InQuotesIsTextThatMayHoldANumber()
    {
        Assert.Equal(0.3, new YamlScalar(new SourcePosition("r.yml"), "0.3", isPlain: false).Number);
        Assert.Null(new YamlScalar(new SourcePosition("r.yml"), "true", isPlain: false).Number);
    }
}
