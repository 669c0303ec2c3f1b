using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Kernels;

/// <summary>Results are the same on every machine only as long as no source of the engine fuses, estimates or vectorizes what must round step by step.</summary>
public partial class ProductSources
{
    [Fact]
    public void CallNothingWhoseBitsDependOnTheMachine()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src", "MergeEngine"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(TestData.Repository, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).ToArray();
        Assert.True(sources.Length > 50);
        Assert.Empty(sources.SelectMany(file => Forbidden().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")));
    }

    [Theory]
    [InlineData("TensorPrimitives.Dot(a, b)")]
    [InlineData("Math.FusedMultiplyAdd(x, y, z)")]
    [InlineData("Vector.MultiplyAddEstimate(x, y, z)")]
    [InlineData("Fma.MultiplyAdd(x, y, z)")]
    [InlineData("Vector256.Exp(x)")]
    [InlineData("MathF.Sin(x)")]
    [InlineData("float.ReciprocalEstimate(x)")]
    public void WouldBeFoundOut(string text) => Assert.Matches(Forbidden(), text);

    // Math.Sin and its like in float64 make single numbers of a tensor (slerp) and are allowed; those on vectors or in float32 are not.
    [GeneratedRegex(@"\bTensorPrimitives\b|FusedMultiplyAdd|MultiplyAddEstimate|\bFma\.|(Vector(64|128|256|512)?|MathF|float)\.(Exp|Log|Log2|Sin|Cos|Tan|SinCos|Pow|Cbrt)\w*\(|\bReciprocal\w*Estimate")]
    private static partial Regex Forbidden();
}
