namespace MergeEngine.Planning;

/// <summary>Turns texts into the token ids of one model's tokenizer.</summary>
public interface ITextEncoder : IDisposable
{
    /// <summary>The token that starts a text, as text; null: the tokenizer has none.</summary>
    string? BeginOfText { get; }

    /// <summary>The ids of a text; special tokens only where the text spells them.</summary>
    /// <exception cref="InvalidDataException">The text cannot be encoded.</exception>
    IReadOnlyList<long> Encode(string text);
}
