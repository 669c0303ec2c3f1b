namespace MergeEngine.Output;

/// <summary>A text file of the output: configuration and the like. Written as UTF-8.</summary>
public sealed class OutputText
{
    readonly Func<string> make;

    /// <param name="name">Name in the output, with '/' between folder and file.</param>
    /// <param name="text">All of it.</param>
    public OutputText(string name, string text) : this(name, () => text) { }

    /// <param name="name">Name in the output.</param>
    /// <param name="make">Makes the text anew each time, so that a large one is not kept: always the same while its inputs are.</param>
    public OutputText(string name, Func<string> make) => (Name, this.make) = (name, make);

    public string Name { get; }

    public string Text => make();
}
