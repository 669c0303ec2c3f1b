namespace MergeEngine;

/// <summary>The catalogue: one code, one method, one text. Each range has its own file.</summary>
/// <remarks>MRG01xx recipes, MRG02xx models and inputs, MRG03xx numerics. The ranges are those of docs/errors.md.</remarks>
public static partial class Errors
{
    static Diagnostic Error(string code, SourcePosition position, string text) => new(code, Severity.Error, position, OneLine(text));

    static Diagnostic Warning(string code, SourcePosition position, string text) => new(code, Severity.Warning, position, OneLine(text));

    static Diagnostic Message(string code, SourcePosition position, string text) => new(code, Severity.Message, position, text);

    /// <summary>Ends a message with the nearest known name, if one is near.</summary>
    static string DidYouMean(string found, IEnumerable<string> known) =>
        Nearest.Name(found, known) is { } name ? $" Did you mean '{name}'?" : "";
}
