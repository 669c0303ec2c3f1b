using System.Globalization;
using System.Text.RegularExpressions;

namespace MergeEngine.Architectures;

/// <summary>The small languages of definition files: <c>{a,b}</c>, <c>{0..key}</c>, <c>{layer}</c> and <c>*</c>. See FORMAT.md.</summary>
static partial class NamePattern
{
    [GeneratedRegex(@"\{([^{}]*,[^{}]*)\}")]
    private static partial Regex Choice { get; }

    [GeneratedRegex(@"\{0\.\.([^{}]+)\}")]
    private static partial Regex Range { get; }

    [GeneratedRegex(@"\{(layers?)([+-]1)?\}")]
    private static partial Regex LayerNumber { get; }

    /// <summary>All names of a pattern with <c>{a,b}</c>; the last choice varies fastest.</summary>
    public static IEnumerable<string> Choices(string pattern)
    {
        Match match = Choice.Match(pattern);
        return match.Success
            ? match.Groups[1].Value.Split(',').SelectMany(text => Choices(Replace(pattern, match, text)))
            : [pattern];
    }

    /// <summary>All names of a pattern with <c>{0..key}</c>; <paramref name="count"/> gives the end of a range.</summary>
    public static IEnumerable<string> Ranges(string pattern, Func<string, int> count)
    {
        Match match = Range.Match(pattern);
        return match.Success
            ? Enumerable.Range(0, count(match.Groups[1].Value)).SelectMany(i => Ranges(Replace(pattern, match, Text(i)), count))
            : [pattern];
    }

    /// <summary>The name for one layer of a model with <paramref name="layerCount"/> layers.</summary>
    public static string AtLayer(string pattern, int layer, int layerCount) => !pattern.Contains('{')
        ? pattern
        : LayerNumber.Replace(pattern, match =>
            Text((match.Groups[1].Value == "layer" ? layer : layerCount) + (match.Groups[2].Value switch { "+1" => 1, "-1" => -1, _ => 0 })));

    /// <summary>What the star stands for if the name is one of the pattern's; null if it is not. Patterns have one star or none.</summary>
    public static string? Star(string pattern, string name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0) return pattern == name ? "" : null;
        int tail = pattern.Length - star - 1;
        return name.Length >= pattern.Length - 1
            && name.AsSpan().StartsWith(pattern.AsSpan(0, star), StringComparison.Ordinal)
            && name.AsSpan().EndsWith(pattern.AsSpan(star + 1), StringComparison.Ordinal)
            ? name[star..(name.Length - tail)]
            : null;
    }

    /// <summary>True if the name fits a pattern with any number of stars.</summary>
    public static bool Fits(string pattern, string name) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    static string Replace(string pattern, Match match, string text) => $"{pattern[..match.Index]}{text}{pattern[(match.Index + match.Length)..]}";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
