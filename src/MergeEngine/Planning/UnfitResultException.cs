using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Results of other recipes cannot be computed inside this merge: they have to be written first, and their folders given as aliases.</summary>
/// <param name="recipe">The recipe that uses them.</param>
/// <param name="reasons">By name of the result, why.</param>
public sealed class UnfitResultException(Recipe recipe, IReadOnlyDictionary<string, string> reasons)
    : MergeException([.. reasons.Select(reason => Errors.ResultNotWritten(PlaceOf(recipe, reason.Key), reason.Key, reason.Value))])
{
    public IReadOnlyDictionary<string, string> Reasons { get; } = reasons;

    static SourcePosition PlaceOf(Recipe recipe, string name) => recipe.Models.First(model => model.Value.Path == name).Position;
}
