namespace MergeEngine.Tests.Docs;

/// <summary>A page under docs/ that is derived from the code. With MERGESDK_WRITE_DOCS=1 it is written, else compared.</summary>
static class GeneratedPage
{
    const string Preamble = "<!-- Generated: `dotnet cake build/build.cake --target=docs` writes this page, a test compares it. -->\n\n";

    static bool Writes => Environment.GetEnvironmentVariable("MERGESDK_WRITE_DOCS") == "1";

    /// <param name="name">File name below docs/.</param>
    /// <param name="text">The whole page as it should be, without the preamble.</param>
    public static void IsCurrent(string name, string text)
    {
        string path = Path.Combine(TestData.Repository, "docs", name);
        if (Writes) File.WriteAllText(path, Preamble + text);
        Assert.Equal(Preamble + text, File.ReadAllText(path));
    }

    /// <summary>A Markdown table; a pipe in a cell is escaped.</summary>
    public static string Table(string[] header, IEnumerable<string[]> rows) =>
        string.Concat(new[] { header, [.. header.Select(_ => "---")] }.Concat(rows).Select(Row));

    static string Row(string[] cells) => $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n";
}
