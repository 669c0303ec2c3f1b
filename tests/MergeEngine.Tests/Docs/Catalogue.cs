using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Docs;

/// <summary>All diagnostics of the product, read from the sources: a method of a catalogue file is a summary and a code; an Error element of a targets file too.</summary>
static partial class Catalogue
{
    public sealed record Entry(string Code, string Severity, string Meaning);

    public static IReadOnlyList<Entry> Read() =>
    [
        .. Sources("Errors*.cs").SelectMany(text => Method().Matches(text))
            .Concat(Sources("*.targets").SelectMany(text => Element().Matches(text)))
            .Select(match => new Entry(match.Groups["code"].Value, match.Groups["severity"].Value.ToLowerInvariant(), Flat(match.Groups["meaning"].Value)))
            .OrderBy(entry => entry.Code, StringComparer.Ordinal)
    ];

    /// <summary>Every code that stands anywhere in the sources, quoted.</summary>
    public static IReadOnlyList<string> CodesInSources() =>
    [
        .. Sources("*.cs").Concat(Sources("*.targets")).SelectMany(text => Quoted().Matches(text))
            .Select(match => match.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal)
    ];

    static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src"), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);

    static string Flat(string text) => Space().Replace(Reference().Replace(text, "$1").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&amp;", "&"), " ").Trim();

    // The code must come before the next summary: a method without one is a part of others.
    [GeneratedRegex("""<summary>(?<meaning>(?:(?!</summary>)[\s\S])*)</summary>(?:(?!<summary>)[\s\S])*?\b(?<severity>Error|Warning)\(\s*"(?<code>MRG\d{4})["]""")]
    private static partial Regex Method();

    [GeneratedRegex("""<(?<severity>Error|Warning)\b[^>]*?\bCode="(?<code>MRG\d{4})"[^>]*?\bText="(?<meaning>[^"]*)["]""")]
    private static partial Regex Element();

    [GeneratedRegex("""["](?<code>MRG\d{4})["]""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""<(?:see|paramref) (?:cref|name)="([^"]*)"\s*/>""")]
    private static partial Regex Reference();

    [GeneratedRegex("""\s*(?:///)?\s+""")]
    private static partial Regex Space();
}
