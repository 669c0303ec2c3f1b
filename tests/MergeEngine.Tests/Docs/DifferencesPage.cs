using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Docs;

/// <summary>docs/differences-from-mergekit.md is the table that the golden tests follow.</summary>
public class DifferencesPage
{
    static readonly string[] Header = ["mergekit 0.1.4", "MergeSdk", "Why", "To get the other behaviour", "Shown by"];

    [Fact]
    public void IsCurrent() => GeneratedPage.IsCurrent("differences-from-mergekit.md", Text());

    static string Text() =>
        $"""
        # Differences from mergekit 0.1.4

        Recipes run unchanged, and every golden merge is compared with mergekit's own result. What differs on purpose stands here, each with the
        golden cases or tests that show it (`tests/data/mergekit`); [errors and warnings](errors.md) explains the codes.

        {string.Join("\n", Difference.All.GroupBy(difference => difference.Section).Select(section => $"## {section.Key}\n\n{GeneratedPage.Table(Header, section.Select(Row))}"))}
        """;

    static string[] Row(Difference difference) =>
    [
        difference.Mergekit,
        difference.Here,
        difference.Why,
        difference.Instead == "-" ? "" : difference.Instead,
        string.Join(", ", difference.Evidence.Select(evidence => $"`{(evidence.IsTest ? evidence.Kind : evidence.Case)}`").Distinct()),
    ];
}
