using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>One input of a slice, opened: which layers it gives, and what is set for it.</summary>
/// <param name="First">Number of its first layer in the slice.</param>
/// <param name="Count">Number of layers.</param>
/// <param name="LayerCount">All layers of the model's module.</param>
/// <param name="IsBase">At most one source of a slice is.</param>
/// <param name="ModelIndex">Position among the slice's sources without the base; -1 for the base.</param>
sealed record PlanSource(
    Placed<ModelReference> Model,
    OpenModel Opened,
    int First,
    int Count,
    int LayerCount,
    IReadOnlyDictionary<string, Setting> Parameters,
    bool IsBase = false,
    int ModelIndex = -1)
{
    public string Name => Model.Value.ToString();
}
