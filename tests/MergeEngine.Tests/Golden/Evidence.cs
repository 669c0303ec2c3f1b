namespace MergeEngine.Tests.Golden;

/// <summary>Where a difference is seen: a golden case and what is there; kinds as listed in differences.txt.</summary>
/// <param name="Case">A folder of tests/data/mergekit, or <c>test</c>.</param>
/// <param name="Kind">For <c>test</c>: the name of a test class.</param>
sealed record Evidence(string Case, string Kind, IReadOnlyList<string> Arguments)
{
    public bool IsTest => Case == "test";

    public static Evidence Parse(string text)
    {
        string[] words = text.Split(' ');
        return new Evidence(words[0], words[1], words[2..]);
    }

    /// <summary>True where our tensor is meant to be another one than mergekit's; <c>numbers *</c> is not, that is seen in last bits or in other draws.</summary>
    public bool Replaces(string tensor) => Kind is "copied" or "shaped" or "numbers" && Arguments.Contains(tensor);

    public override string ToString() => string.Join(' ', Arguments.Prepend(Kind).Prepend(Case));
}
