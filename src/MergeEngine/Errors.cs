namespace MergeEngine;

/// <summary>The catalogue: one code, one method, one text. Each range has its own file.</summary>
/// <remarks>MRG01xx recipes, MRG02xx models and inputs, MRG03xx numerics. The ranges are those of docs/errors.md.</remarks>
public static partial class Errors
{
    const int MostCharacters = 4000;

    static Diagnostic Error(string code, SourcePosition position, string text) => new(code, Severity.Error, position, Bounded(OneLine(text)));

    static Diagnostic Warning(string code, SourcePosition position, string text) => new(code, Severity.Warning, position, Bounded(OneLine(text)));

    static Diagnostic Message(string code, SourcePosition position, string text) => new(code, Severity.Message, position, text);

    /// <summary>A text that quotes a file at length loses its middle: what was found starts it, and what to do ends it.</summary>
    static string Bounded(string text) => text.Length <= MostCharacters ? text : $"{text[..(MostCharacters / 2)]} ... {text[^(MostCharacters / 2)..]}";

    /// <summary>Ends a message with the nearest known name, if one is near.</summary>
    static string DidYouMean(string found, IEnumerable<string> known) =>
        Nearest.Name(found, known) is { } name ? $" Did you mean '{name}'?" : "";
}
