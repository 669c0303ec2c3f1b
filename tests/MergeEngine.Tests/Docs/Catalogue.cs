using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Docs;

/// <summary>All diagnostics of the product, read from the sources: methods of the catalogue files, and Error or Warning elements of targets.</summary>
static partial class Catalogue
{
    /// <param name="Text">What the user reads; what depends on the case is an ellipsis.</param>
    public sealed record Entry(string Code, string Severity, string Text);

    public static IReadOnlyList<Entry> Read() =>
    [
        .. Sources("Errors*.cs").SelectMany(source => Method().Matches(source), (source, match) => new Entry(
                match.Groups["code"].Value, Severity(match), Text(source, match)))
            .Concat(Sources("*.targets").SelectMany(source => Element().Matches(source)).Select(match => new Entry(
                match.Groups["code"].Value, Severity(match), Property().Replace(match.Groups["text"].Value, "…"))))
            .OrderBy(entry => entry.Code, StringComparer.Ordinal)
    ];

    /// <summary>Every code that stands anywhere in the sources, quoted.</summary>
    public static IReadOnlyList<string> CodesInSources() =>
    [
        .. Sources("*.cs").Concat(Sources("*.targets")).SelectMany(source => Quoted().Matches(source))
            .Select(match => match.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal)
    ];

    // A method that takes its text from others is described by its summary.
    static string Text(string source, Match match) =>
        MessageTemplate.Read(source, match.Index + match.Length) is { Length: > 0 } text ? text : Summary().Match(source, match.Index).Groups["text"].Value;

    static string Severity(Match match) => match.Groups["severity"].Value.ToLowerInvariant();

    static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src"), pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(TestData.Repository, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);

    [GeneratedRegex("""\b(?<severity>Error|Warning|Message)\(\s*["](?<code>MRG\d{4})["]""")]
    private static partial Regex Method();

    [GeneratedRegex("<summary>(?<text>.*)</summary>", RegexOptions.RightToLeft)]
    private static partial Regex Summary();

    [GeneratedRegex("""<(?<severity>Error|Warning)\b[^>]*?\bCode="(?<code>MRG\d{4})"[^>]*?\bText="(?<text>[^"]*)["]""")]
    private static partial Regex Element();

    [GeneratedRegex("""[$@%]\([^()]*(?:\([^()]*\)[^()]*)*\)""")]
    private static partial Regex Property();

    [GeneratedRegex("""["](?<code>MRG\d{4})["]""")]
    private static partial Regex Quoted();
}
