using System.Globalization;
using MergeEngine.Methods;

namespace MergeEngine.Tests.Methods;

/// <summary>Values of parameters as recipes and test data write them.</summary>
static class SpecValues
{
    public static double Value(this MethodSpec spec, string name, string text)
    {
        var parameter = spec.Find(name);
        Assert.NotNull(parameter);
        if (parameter.Words.Contains(text)) return parameter.Words.ToList().IndexOf(text);
        return bool.TryParse(text, out bool truth) ? (truth ? 1 : 0) : double.Parse(text, CultureInfo.InvariantCulture);
    }
}
