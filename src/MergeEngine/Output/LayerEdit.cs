namespace MergeEngine.Output;

/// <summary>How the layers of one module of the output come from the donor's configuration.</summary>
/// <param name="Module">Name of the module; for warnings.</param>
/// <param name="CountKey">Dotted key of config.json that holds the number of layers; null: the configuration does not say it.</param>
/// <param name="DonorLayers">Number of layers of the donor.</param>
/// <param name="Sources">For each layer of the output the index of the layer that it comes from (of the first source).</param>
public sealed record LayerEdit(string Module, string? CountKey, int DonorLayers, IReadOnlyList<int> Sources)
{
    /// <summary>The output has the donor's layers in the donor's order.</summary>
    public bool IsNone => Sources.SequenceEqual(Enumerable.Range(0, DonorLayers));
}
