using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Makes an adapter of the difference between a model and its base (as mergekit-extract-lora does).</summary>
public sealed record ExtractionRecipe : Recipe
{
    public required Placed<IMergeMethod> Method { get; init; }

    /// <summary>What was fine-tuned from the base.</summary>
    public required Placed<ModelReference> Model { get; init; }

    public required IReadOnlyDictionary<string, Setting> Parameters { get; init; }

    public required ModuleChoice Modules { get; init; }

    /// <summary>Type of the output; null: the base's. Arithmetic is float32 whatever it says.</summary>
    public Placed<Dtype>? Dtype { get; init; }

    /// <summary>Tensors that the architecture does not know are left out instead of being an error.</summary>
    public Placed<bool>? AllowDroppedTensors { get; init; }

    public override MethodSpec Spec => Method.Value.Spec;

    private protected override YamlMap Canonical => CanonicalExtraction.NodeOf(this);

    private protected override IEnumerable<Placed<ModelReference>> ModelsAsWritten => [Base!.Value, Model];
}
