namespace MergeEngine;

/// <summary>One warning a quirk: where several places of a file get the same one, the first keeps it and names the lines of the others.</summary>
static class RepeatedWarnings
{
    const int MostLines = 5;

    /// <returns>The findings in their order; errors stay as they are, each at its place.</returns>
    public static IReadOnlyList<Diagnostic> Joined(IEnumerable<Diagnostic> findings) =>
        [.. findings.Distinct().GroupBy(finding => (finding.Code, finding.Text, finding.Position.File, Place: PlaceOf(finding))).Select(One)];

    static SourcePosition? PlaceOf(Diagnostic finding) => finding.Severity == Severity.Warning ? null : finding.Position;

    static Diagnostic One(IEnumerable<Diagnostic> same)
    {
        Diagnostic first = same.First();
        int[] lines = [.. same.Select(finding => finding.Position.Line).Distinct().Where(line => line != first.Position.Line).Order()];
        return lines.Length == 0 ? first : first with { Text = $"{first.Text} The same in {Lines(lines)}." };
    }

    static string Lines(int[] lines) => lines.Length == 1 ? $"line {lines[0]}"
        : lines.Length <= MostLines ? $"lines {string.Join(", ", lines[..^1])} and {lines[^1]}"
        : $"lines {string.Join(", ", lines[..MostLines])} and {lines.Length - MostLines} more";
}
