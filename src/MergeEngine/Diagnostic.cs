namespace MergeEngine;

public enum Severity
{
    Message,
    Warning,
    Error,
}

/// <summary>One finding about a file: where, what was found, what was expected, what to do.</summary>
/// <param name="Code">MRG and four digits; never reused.</param>
/// <param name="Severity">An error stops the model it belongs to, nothing else.</param>
/// <param name="Position">Where it was found; line and column are at least 1.</param>
/// <param name="Text">One line of text.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourcePosition Position, string Text)
{
    public override string ToString() => $"{Position}: {Severity.ToString().ToLowerInvariant()} {Code}: {Text}";
}
