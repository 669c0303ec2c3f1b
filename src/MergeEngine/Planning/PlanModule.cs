using MergeEngine.Architectures;

namespace MergeEngine.Planning;

/// <summary>A module of the architecture and the slices that make it.</summary>
sealed record PlanModule(ArchitectureModule Template, IReadOnlyList<PlanSlice> Slices)
{
    public int LayerCount => Slices.Sum(slice => slice.Count);
}
