namespace MergeEngine.Tests.Docs;

/// <summary>docs/errors.md is the table of the catalogue.</summary>
public class ErrorsPage
{
    static readonly string[] Header = ["Code", "Severity", "Text"];

    [Fact]
    public void IsCurrent() => GeneratedPage.IsCurrent("errors.md", Text());

    [Fact]
    public void CoversEveryCodeOfTheSources() =>
        Assert.Empty(Catalogue.CodesInSources().Except(Catalogue.Read().Select(entry => entry.Code)));

    [Fact]
    public void GivesEveryEntryItsText() => Assert.DoesNotContain(Catalogue.Read(), entry => entry.Text.Length < 20);

    static string Text() =>
        $"""
        # Errors and warnings

        Every finding is one line that MSBuild and CI systems understand: `file(line,column): error MRG0206: what was found, what was expected, what to do.`
        A code is never used again for something else. Ranges: 00xx environment, 01xx recipes, 02xx models and inputs, 03xx numbers and
        reproducibility, 06xx files and folders, 08xx projects, 09xx the worker process. What depends on the case is shown as …

        {GeneratedPage.Table(Header, Catalogue.Read().Select(entry => new[] { entry.Code, entry.Severity, Markdown(entry.Text) }))}
        """;

    static string Markdown(string text) => text.Replace("__", "\\_\\_", StringComparison.Ordinal).Replace("… …", "…", StringComparison.Ordinal);
}
