using System.Globalization;
using System.Text.RegularExpressions;

namespace MergeEngine.Adapters;

/// <summary>One key of <c>rank_pattern</c> or <c>alpha_pattern</c>: fits a module whose name, or the end of it after a dot, the regular expression matches whole.</summary>
/// <remarks>The text comes from a file. Expressions run without backtracking where they can, else with a time limit; counted repetitions are bounded, because they are expanded.</remarks>
sealed partial class ModulePattern
{
    const int MostCharacters = 1000;

    const long MostRepetitions = 1000;

    static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    readonly string text;
    readonly Regex? expression;

    ModulePattern(string text, Regex? expression) => (this.text, this.expression) = (text, expression);

    [GeneratedRegex(@"^[A-Za-z0-9_.]+\z")]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"\{([0-9]*)(?:,([0-9]*))?\}")]
    private static partial Regex Repetition { get; }

    /// <returns>Null, and why, where the text is no such expression.</returns>
    public static ModulePattern? TryParse(string text, out string reason)
    {
        reason = text.Length > MostCharacters ? $"it has more than {MostCharacters} characters"
            : Repetitions(text) > MostRepetitions ? $"its repetitions come to more than {MostRepetitions}" : "";
        if (reason.Length > 0) return null;
        if (Plain.IsMatch(text)) return new(text, null);
        try
        {
            return new(text, Compile($@"\A(?:.*\.)?(?:{text})\z"));
        }
        catch (ArgumentException error)
        {
            reason = error.Message;
            return null;
        }
    }

    /// <exception cref="RegexMatchTimeoutException">The expression takes too long.</exception>
    public bool Fits(string module) => expression?.IsMatch(module) ?? EndsPlainly(module);

    /// <summary>Without an operator but the dot, which fits any character.</summary>
    bool EndsPlainly(string module)
    {
        int start = module.Length - text.Length;
        if (start < 0 || (start > 0 && module[start - 1] != '.')) return false;
        for (int i = 0; i < text.Length; i++)
            if (text[i] != '.' && text[i] != module[start + i]) return false;
        return true;
    }

    static Regex Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, TimeLimit);
        }
    }

    static double Repetitions(string text) => Repetition.Matches(text)
        .Select(match => match.Groups.Cast<Group>().Skip(1).Select(group => double.TryParse(group.Value, CultureInfo.InvariantCulture, out double count) ? count : 1).Max())
        .Aggregate(1.0, (all, count) => all * Math.Max(1, count));
}
