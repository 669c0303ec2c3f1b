namespace MergeEngine;

/// <summary>What a build finds around the merges themselves: names, pins, changed inputs, results that cannot be repeated.</summary>
public static partial class Errors
{
    public static Diagnostic Explanation(SourcePosition position, string model, string change) => Message("MRG0010", position,
        $"{model} has to run because {change}");

    public static Diagnostic BadSetting(SourcePosition position, string name, string value, string expected) => Error("MRG0004", position,
        $"{name} is '{value}'; expected {expected}. Correct it, or leave it out.");

    public static Diagnostic PinDiffers(SourcePosition position, string path, string found, string pinned) => Error("MRG0203", position,
        $"'{path}' has SHA-256 {found}, but its MergeInput is pinned to {pinned}. Fetch the pinned files again, or change the pin if the new ones are meant.");

    public static Diagnostic InputChanged(string path, string model) => Error("MRG0209", new SourcePosition(path),
        $"The file changed while '{model}' was merged from it, so the result was thrown away; the last output is untouched. Build again when nothing writes to it.");

    public static Diagnostic NotReproducible(SourcePosition position, string model, string found, string recorded, string record) => Error("MRG0302", position,
        $"'{model}' has digest {found}, but the same merge gave {recorded} before; the last output is untouched. Find out which is wrong; to accept the new one, delete '{record}' and build again.");

    public static Diagnostic ModelNameTaken(SourcePosition position, string model, string other) => Error("MRG0801", position,
        $"The model name '{model}' is also that of '{other}', and a name is one output folder. Give one of them the metadata ModelName, or rename a file.");

    public static Diagnostic ModelNameNotAFileName(SourcePosition position, string model) => Error("MRG0803", position,
        $"The model name '{model}' cannot be the name of a folder. Give the recipe the metadata ModelName: letters, digits, '-', '_' and '.', not first a '.'.");
}
