namespace MergeEngine.Tokenizers;

/// <summary>How a tokenizer's tokens spell text; tokens of different spellings do not mean the same, even where they look alike.</summary>
public enum TokenSpelling
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>One letter for each byte; a space is <c>Ġ</c>.</summary>
    Bytes,

    /// <summary>A space is <c>▁</c>.</summary>
    Underlines,

    /// <summary>The continuation of a word starts with a prefix such as <c>##</c>.</summary>
    Continuations,
}
