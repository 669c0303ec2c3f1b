using System.Globalization;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Moe;

/// <summary>A tokenizer whose texts are lists of ids.</summary>
sealed class NumberedTokens : ITextEncoder
{
    public string? BeginOfText { get; init; }

    public IReadOnlyList<long> Encode(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    public void Dispose() { }
}
