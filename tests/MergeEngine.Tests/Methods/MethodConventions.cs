using System.Xml.Linq;
using MergeEngine.Methods;
using MergeEngine.Recipes.Schema;

namespace MergeEngine.Tests.Methods;

/// <summary>What every method has, so that tables, docs and readers can rely on it.</summary>
public class MethodConventions
{
    const int FewestLines = 20, MostLines = 45;

    /// <summary>What a parameter means, in one line; it does not count.</summary>
    const string Help = "    /// <summary>";

    static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(IMergeMethod).Assembly.Location, ".xml"));

    public static TheoryData<string> Ids => [.. MethodRegistry.All.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void RowsWithWorkedExamples(string id) =>
        Assert.True(MethodCase.All.Values.Count(row => row.Merge.Method.Spec.Id == id) >= 3, $"method-cases.psv has fewer than three rows of '{id}'.");

    [Fact]
    public void RowsThatSayWhereTheirNumbersComeFrom() => Assert.All(MethodCase.All.Values, row => Assert.NotEmpty(row.DerivedBy));

    [Theory]
    [MemberData(nameof(Ids))]
    public void ATitleASourceASummaryAndAFormula(string id)
    {
        var method = MethodRegistry.All[id];
        Assert.NotEmpty(method.Spec.Title);
        Assert.Matches(@"^arXiv:\d{4}\.\d{5}$|^mergekit 0\.1\.4$", method.Spec.Source);
        var member = Documentation.Descendants("member").SingleOrDefault(entry => (string?)entry.Attribute("name") == $"T:{method.GetType().FullName}");
        Assert.False(string.IsNullOrWhiteSpace(member?.Element("summary")?.Value), "no summary");
        Assert.Contains("merged =", member!.Element("remarks")?.Value);
        Assert.Contains("Source:", member.Element("remarks")?.Value);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpForEveryParameter(string id) =>
        Assert.All(MethodRegistry.All[id].Spec.Parameters, parameter => Assert.False(string.IsNullOrWhiteSpace(Summaries.Of(parameter)), $"The field that declares '{parameter.Name}' has no summary."));

    /// <summary>dare_linear: class DareLinear in DareLinear.cs.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void OneClassInOneFileNamedForTheId(string id)
    {
        string name = string.Concat(id.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        Assert.Equal(name, MethodRegistry.All[id].GetType().Name);
        string[] lines = File.ReadAllLines(Path.Combine(TestData.Repository, "src", "MergeEngine", "Methods", $"{name}.cs"));
        Assert.Contains(lines, line => line.StartsWith($"public sealed class {name} ", StringComparison.Ordinal));
        Assert.InRange(lines.Length, FewestLines, int.MaxValue);
        Assert.InRange(lines.Count(line => line.Length > 0 && !line.StartsWith(Help, StringComparison.Ordinal)), 0, MostLines);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ParametersWithDefaultsInTheirRange(string id)
    {
        var parameters = MethodRegistry.All[id].Spec.Parameters;
        Assert.Equal(parameters.Count, parameters.Select(parameter => parameter.Name).Distinct().Count());
        Assert.All(parameters, parameter => Assert.Matches("^[a-z0-9_]+$", parameter.Name));
        Assert.All(parameters.Where(parameter => !double.IsNaN(parameter.Default)), parameter => Assert.InRange(parameter.Default, parameter.Min, parameter.Max));
        Assert.All(parameters.Where(parameter => parameter.Kind == ParameterKind.Word), parameter => Assert.InRange(parameter.Default, 0, parameter.Words.Count - 1));
    }
}
