namespace MergeEngine.Tests.Golden;

/// <summary>Recipes that mergekit 0.1.4 fails on, often after minutes: here each is told at once, at its place, before a weight is read.</summary>
/// <remarks>The texts of the original stand in the cases' expected-error.txt.</remarks>
public sealed class FailingMerges
{
    public static TheoryData<string> Cases => [.. FailingCase.All.Select(rows => rows.Key)];

    public static TheoryData<string> Broken => [.. BrokenNames];

    static IEnumerable<string> BrokenNames => Directory.EnumerateDirectories(Path.Combine(TestData.Folder, "mergekit"), "bad-*").Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    [Theory, MemberData(nameof(Cases))]
    public void AreToldAtTheirPlace(string name)
    {
        IReadOnlyList<Diagnostic> found = Findings.Of(name);
        Assert.Equal(
            FailingCase.All[name].Select(row => $"{row.Finding} {row.Place}").Order(StringComparer.Ordinal),
            found.Select(finding => $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Code} {Findings.Place(finding)}").Order(StringComparer.Ordinal));
        foreach (FailingCase row in FailingCase.All[name])
            Assert.Contains(found, finding => row.Finding.EndsWith(finding.Code, StringComparison.Ordinal) && finding.Text.Contains(row.Phrase, StringComparison.Ordinal));
    }

    [Fact]
    public void AreAllInTheTables() =>
        Assert.Equal([], BrokenNames.Except(FailingCase.All.Select(rows => rows.Key)).Except(Difference.CasesOf("merged")).Where(name => !new GoldenCase(name).WasMerged));

    [SkippableTheory, MemberData(nameof(Broken))]
    public void ReadNoWeight(string name)
    {
        Skip.IfNot(BytesRead.CanBeCounted, "Bytes that a thread reads are counted by Linux only.");
        // The runtime reads files, too: code when it is first used, limits of memory when it collects garbage. It does not every time.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => BytesRead.By(() => Findings.Of(name))), 0, BytesRead.BesideWeights(name));
    }
}
