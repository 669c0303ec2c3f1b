using System.Globalization;

namespace MergeEngine.Methods;

/// <summary>What values a parameter takes. Methods see numbers only: booleans are 0 and 1, a word is its place in the list.</summary>
public enum ParameterKind
{
    Number,
    Integer,
    Boolean,

    /// <summary>One of <see cref="Parameter.Words"/>; true and false mean the words 1 and 0.</summary>
    Word,
}

/// <summary>Declares one parameter of a method.</summary>
/// <param name="Name">Name in recipes.</param>
/// <param name="Default">Value where the recipe gives none; NaN: the recipe must give one (see <see cref="Optional"/>).</param>
/// <param name="Min">Smallest accepted value.</param>
/// <param name="Max">Largest accepted value.</param>
/// <param name="PerModel">One value per model (looked up by that model's tensor name) or one per tensor.</param>
/// <param name="Kind">What values are accepted.</param>
public sealed record Parameter(
    string Name,
    double Default = double.NaN,
    double Min = double.NegativeInfinity,
    double Max = double.PositiveInfinity,
    bool PerModel = false,
    ParameterKind Kind = ParameterKind.Number)
{
    /// <summary>True: no value is fine; the method then sees NaN.</summary>
    public bool Optional { get; init; }

    public IReadOnlyList<string> Words { get; init; } = [];

    public bool Required => double.IsNaN(Default) && !Optional;

    public bool Accepts(double value) => value >= Min && value <= Max && Kind switch
    {
        ParameterKind.Boolean => value is 0 or 1,
        ParameterKind.Integer => value == Math.Truncate(value),
        ParameterKind.Word => value == Math.Truncate(value) && value >= 0 && value < Words.Count,
        _ => true,
    };

    /// <summary>The accepted values in words, for error messages.</summary>
    public string Accepted => Kind switch
    {
        ParameterKind.Boolean => "true or false",
        ParameterKind.Integer => "a whole number" + Range,
        ParameterKind.Word => $"true, false or one of {string.Join(", ", Words)}",
        _ => "a number" + Range,
    };

    string Range => (double.IsFinite(Min), double.IsFinite(Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {Min} to {Max}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {Min}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {Max}"),
        _ => "",
    };
}
