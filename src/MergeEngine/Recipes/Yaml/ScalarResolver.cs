using System.Globalization;
using System.Text.RegularExpressions;

namespace MergeEngine.Recipes.Yaml;

/// <summary>YAML 1.1 as PyYAML's safe loader reads it: yes and off are booleans, 010 is 8, 1:30 is 90, 1e-5 is text.</summary>
static partial class ScalarResolver
{
    static readonly string[] True = ["yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    static readonly string[] False = ["no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
    static readonly string[] Null = ["", "~", "null", "Null", "NULL"];

    public static ScalarKind KindOf(string text) => text switch
    {
        _ when Null.Contains(text) => ScalarKind.Null,
        _ when True.Contains(text) || False.Contains(text) => ScalarKind.Boolean,
        _ when Integer().IsMatch(text) => ScalarKind.Integer,
        _ when Float().IsMatch(text) => ScalarKind.Float,
        _ => ScalarKind.Text,
    };

    /// <summary>Text is read as Python's float() reads it; null where there is no number in it.</summary>
    public static double? NumberOf(ScalarKind kind, string text) => kind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Boolean => True.Contains(text) ? 1 : 0,
        ScalarKind.Text => NumberText().IsMatch(text.Trim()) ? Decimal(text.Trim()) : null,
        _ => Signed(text.Replace("_", "")),
    };

    static double Signed(string text) => text[0] switch
    {
        '-' => -Magnitude(text[1..]),
        '+' => Magnitude(text[1..]),
        _ => Magnitude(text),
    };

    static double Magnitude(string text) => text switch
    {
        _ when text.Contains(':') => text.Split(':').Aggregate(0.0, (sum, part) => sum * 60 + Decimal(part)),
        _ when text.StartsWith("0x", StringComparison.Ordinal) => Digits(text[2..], 16),
        _ when text.StartsWith("0b", StringComparison.Ordinal) => Digits(text[2..], 2),
        ".inf" or ".Inf" or ".INF" => double.PositiveInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ when text.Length > 1 && text[0] == '0' && text.All(char.IsAsciiDigit) => Digits(text, 8),
        _ => Decimal(text),
    };

    static double Digits(string digits, int radix) =>
        digits.Aggregate(0.0, (value, digit) => value * radix + (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10));

    static double Decimal(string text) => double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:[-+]?0b[01_]*[01][01_]*|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"^[-+]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex NumberText();
}
