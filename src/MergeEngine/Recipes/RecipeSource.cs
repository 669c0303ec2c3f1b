namespace MergeEngine.Recipes;

/// <summary>One input of a slice.</summary>
/// <param name="Layers">Null: all layers (the entries of <c>models</c>).</param>
/// <param name="Parameters">By parameter name; only those that the method reads per model.</param>
public sealed record RecipeSource(Placed<ModelReference> Model, Placed<LayerRange>? Layers, IReadOnlyDictionary<string, Setting> Parameters);
