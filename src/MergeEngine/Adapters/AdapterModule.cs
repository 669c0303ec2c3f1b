using MergeEngine.Checkpoints;

namespace MergeEngine.Adapters;

/// <summary>The tensors that an adapter has for one module, or for one of several parameters of a module.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="Depth">How many layers of adapter lie around it.</param>
sealed record AdapterModule(string Name, int Depth, IReadOnlyDictionary<AdapterPart, TensorInfo> Parts)
{
    public TensorInfo? this[AdapterPart part] => Parts.GetValueOrDefault(part);

    public string Parameter(string name) => $"{Name}.{name}";
}
