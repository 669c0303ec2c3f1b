using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Merges tensors of the same name by a merge method.</summary>
public sealed record MergeRecipe : Recipe
{
    public required Placed<IMergeMethod> Method { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<RecipeModule> Modules { get; init; }

    public required IReadOnlyDictionary<string, Setting> Parameters { get; init; }

    /// <summary>Type of the output unless <see cref="OutDtype"/> is given. Arithmetic is float32 whatever it says.</summary>
    public Placed<Dtype>? Dtype { get; init; }

    public Placed<Dtype>? OutDtype { get; init; }

    /// <summary>The vocabulary of the output; null: that of the donor, whose files are copied, and embeddings merge like other matrices.</summary>
    public RecipeTokenizer? Tokenizer { get; init; }

    /// <summary><c>auto</c>, the name of a built-in template, or the template; null: the donor's.</summary>
    public Placed<string>? ChatTemplate { get; init; }

    /// <summary>Ours: NaN and infinity pass through instead of being an error.</summary>
    public Placed<bool>? AllowNonfinite { get; init; }

    /// <summary>Ours: tensors that the architecture does not know are left out instead of being an error, as mergekit does.</summary>
    public Placed<bool>? AllowDroppedTensors { get; init; }

    /// <summary>Ours: which tensors are merged where the models are weight files that differ.</summary>
    public Placed<TensorSelection>? Tensors { get; init; }

    public override MethodSpec Spec => Method.Value.Spec;

    private protected override YamlMap Canonical => CanonicalRecipe.NodeOf(this);

    private protected override IEnumerable<Placed<ModelReference>> ModelsAsWritten
    {
        get
        {
            if (Base is { } recipeBase) yield return recipeBase;
            foreach (RecipeSlice slice in Modules.SelectMany(module => module.Slices ?? []))
            {
                if (slice.Base is { } sliceBase) yield return sliceBase;
                foreach (RecipeSource source in slice.Sources) yield return source.Model;
            }
        }
    }
}
