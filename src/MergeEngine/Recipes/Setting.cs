namespace MergeEngine.Recipes;

/// <summary>The value of one parameter at one level of a recipe: a number, a gradient, or a list of conditions.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Position">Where the recipe gives the value.</param>
/// <param name="Cases">Tried in order; a plain number or gradient is one case without filter.</param>
public sealed record Setting(string Name, SourcePosition Position, IReadOnlyList<SettingCase> Cases)
{
    /// <summary>Words that stand for the values 0, 1, ...; empty: there are only numbers.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <returns>The first matching case's value; null where none matches: the look-up goes on at the next level.</returns>
    /// <param name="tensorName">Per-model parameters: that model's input name; method-wide ones: the output name.</param>
    /// <param name="t">Place within the slice, 0-1.</param>
    public double? Evaluate(string tensorName, double t) => CaseFor(tensorName)?.At(t);

    public SettingCase? CaseFor(string tensorName) => Cases.FirstOrDefault(item => item.Matches(tensorName));
}
