using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>A dense model of the recipe, opened.</summary>
sealed record MoeSource(Placed<ModelReference> Model, OpenModel Opened)
{
    public string Name => Model.Value.ToString();

    /// <summary>All its layers, for messages.</summary>
    public PlanSource AsPlanSource(int layers, IReadOnlyDictionary<string, Setting> none) => new(Model, Opened, 0, layers, layers, none);
}
