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

    /// <summary>True where this evidence says that our tensor is not mergekit's.</summary>
    public bool Changes(string tensor) => Kind switch
    {
        "copied" => Arguments[0] == tensor,
        "shaped" => Arguments.Contains(tensor),
        "numbers" => Arguments is ["*"] || Arguments.Contains(tensor),
        _ => false,
    };

    public override string ToString() => string.Join(' ', Arguments.Prepend(Kind).Prepend(Case));
}
