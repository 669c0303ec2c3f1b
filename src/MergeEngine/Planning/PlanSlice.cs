using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>A run of output layers with its inputs: as many layers in every source.</summary>
/// <param name="Levels">Where parameters are looked up after the source's own: slice, module, recipe.</param>
sealed record PlanSlice(SourcePosition Position, IReadOnlyList<PlanSource> Sources, IReadOnlyList<IReadOnlyDictionary<string, Setting>> Levels)
{
    public int Count => Sources[0].Count;

    /// <summary>Place of a layer in the slice's gradients, 0-1; 1 in a slice of one layer.</summary>
    public double At(int layer) => Count > 1 ? layer / (double)(Count - 1) : 1;
}
