namespace MergeEngine.Output;

/// <summary>A text file of the output: configuration and the like.</summary>
/// <param name="Name">Name in the output, with '/' between folder and file.</param>
/// <param name="Text">All of it; written as UTF-8.</param>
public sealed record OutputText(string Name, string Text);
