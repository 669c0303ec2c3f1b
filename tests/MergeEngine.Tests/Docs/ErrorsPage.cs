namespace MergeEngine.Tests.Docs;

/// <summary>docs/errors.md is the table of the catalogue.</summary>
public class ErrorsPage
{
    static readonly string[] Header = ["Code", "Severity", "Meaning"];

    [Fact]
    public void IsCurrent() => GeneratedPage.IsCurrent("errors.md", Text());

    [Fact]
    public void GivesEveryCodeToOneEntry()
    {
        var shared = Catalogue.Read().GroupBy(entry => entry.Code).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(shared);
    }

    [Fact]
    public void CoversEveryCodeOfTheSources()
    {
        var listed = Catalogue.Read().Select(entry => entry.Code);
        Assert.Empty(Catalogue.CodesInSources().Except(listed));
    }

    static string Text() =>
        $"""
        # Errors and warnings

        Every finding is one line that MSBuild and CI systems understand: `file(line,column): error MRG0206: what was found, what was expected, what to do.`
        A code is never used again for something else. Ranges: 00xx environment, 01xx recipes, 02xx models and inputs, 03xx numbers and
        reproducibility, 06xx files and folders, 08xx projects, 09xx the worker process.

        {GeneratedPage.Table(Header, Catalogue.Read().Select(entry => new[] { entry.Code, entry.Severity, entry.Meaning }))}
        """;
}
