namespace MergeEngine.Tokenizers;

/// <summary>Where an array or object stands in a JSON text, and each of its items (of an object: name and value together).</summary>
/// <param name="Start">First byte, the bracket.</param>
/// <param name="End">One past the last byte.</param>
/// <param name="Items">First byte of each item and one past its last.</param>
readonly record struct JsonItems(int Start, int End, IReadOnlyList<(int Start, int End)> Items)
{
    public static JsonItems None { get; } = new(0, 0, []);

    public bool IsNone => End == 0;
}
