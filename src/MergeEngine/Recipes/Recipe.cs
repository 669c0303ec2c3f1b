using MergeEngine.Checkpoints;
using MergeEngine.Methods;

namespace MergeEngine.Recipes;

/// <summary>A recipe without errors in its text. Whether its models exist and fit is the planner's question.</summary>
public sealed record Recipe
{
    /// <summary>The document's first node.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Name of the document; null: the file's only or last result.</summary>
    public Placed<string>? Name { get; init; }

    public required Placed<IMergeMethod> Method { get; init; }

    public Placed<ModelReference>? Base { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<RecipeModule> Modules { get; init; }

    public required IReadOnlyDictionary<string, Setting> Parameters { get; init; }

    /// <summary>Type of the output unless <see cref="OutDtype"/> is given. Arithmetic is float32 whatever it says.</summary>
    public Placed<Dtype>? Dtype { get; init; }

    public Placed<Dtype>? OutDtype { get; init; }

    /// <summary>Ours: NaN and infinity pass through instead of being an error.</summary>
    public Placed<bool>? AllowNonfinite { get; init; }

    /// <summary>Ours: tensors that the architecture does not know are left out instead of being an error, as mergekit does.</summary>
    public Placed<bool>? AllowDroppedTensors { get; init; }

    /// <summary>Ours: start of all random streams; 0 where the recipe gives none.</summary>
    public Placed<ulong>? Seed { get; init; }

    /// <summary>Names of the file's other documents whose results are models here.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    public MethodSpec Spec => Method.Value.Spec;

    /// <summary>The recipe in one form, one leaf a line: order of keys, comments and layout do not change it.</summary>
    public IReadOnlyList<CanonicalLine> CanonicalLines => CanonicalText.Lines(CanonicalRecipe.NodeOf(this));

    /// <summary>The same as YAML that reads back to an equal recipe.</summary>
    public string CanonicalYaml => CanonicalText.Yaml(CanonicalRecipe.NodeOf(this));

    /// <summary>All models in the order of the text, each once, the recipe's base first.</summary>
    public IEnumerable<Placed<ModelReference>> Models => ModelsAsWritten.DistinctBy(model => model.Value);

    IEnumerable<Placed<ModelReference>> ModelsAsWritten
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
