using System.Collections.Immutable;

namespace MergeEngine.Recipes;

/// <summary>One value of a setting and the tensors it is for.</summary>
/// <param name="Filter">Part of a tensor's name, case-sensitive; null, "" and "*": every tensor.</param>
/// <param name="Values">A gradient over a slice's layers, at least one number, all finite.</param>
/// <param name="Position">Where the recipe gives the values.</param>
public sealed record SettingCase(string? Filter, ImmutableArray<double> Values, SourcePosition Position)
{
    public bool Matches(string tensorName) => Filter is null or "*" || tensorName.Contains(Filter, StringComparison.Ordinal);

    /// <summary>Interpolates linearly between the values, in mergekit's order of operations.</summary>
    /// <param name="t">Place within the slice, 0-1.</param>
    public double At(double t)
    {
        double place = t * (Values.Length - 1);
        int below = (int)place;
        int above = Math.Min(Values.Length - 1, below + 1);
        double fraction = place - below;
        return (1 - fraction) * Values[below] + fraction * Values[above];
    }
}
