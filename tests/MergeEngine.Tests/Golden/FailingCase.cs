namespace MergeEngine.Tests.Golden;

/// <summary>A row of failing-cases.psv: one finding about a recipe that mergekit fails on, or should.</summary>
/// <param name="Finding">Severity and code, such as <c>error MRG0106</c>.</param>
/// <param name="Place">See <see cref="Findings.Place"/>.</param>
/// <param name="Phrase">Part of the message: what was found and what to do.</param>
sealed record FailingCase(string Name, string Finding, string Place, string Phrase)
{
    public static ILookup<string, FailingCase> All { get; } = File
        .ReadLines(Path.Combine(TestData.Repository, "tests", "MergeEngine.Tests", "Golden", "failing-cases.psv"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(" | "))
        .Select(cells => new FailingCase(cells[0].Trim(), cells[1].Trim(), cells[2].Trim(), cells[3].Trim()))
        .ToLookup(row => row.Name);
}
