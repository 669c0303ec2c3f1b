namespace MergeEngine.Tokenizers;

/// <summary>A token that is found in a text before the tokenizer's model sees it.</summary>
/// <param name="Id">Its row in vocabulary tables.</param>
/// <param name="Content">The text, as it is written.</param>
/// <param name="SingleWord">It is found only where no letter or digit touches it.</param>
/// <param name="LeftStrip">White space before it belongs to it.</param>
/// <param name="RightStrip">White space after it belongs to it.</param>
/// <param name="Normalized">It is looked for in the normalized text.</param>
/// <param name="Special">It stands for no text: it is left out when ids are decoded without special tokens.</param>
public sealed record AddedToken(
    int Id, string Content, bool SingleWord = false, bool LeftStrip = false, bool RightStrip = false, bool Normalized = true, bool Special = false)
{
    /// <summary>The same but for the id.</summary>
    public bool HasSettingsOf(AddedToken other) => this == other with { Id = Id };
}
