using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>A recipe without errors in its text: what one model is made of. Whether its models exist and fit is the planner's question.</summary>
/// <remarks>A kind of recipe is one of these, a reader beside <see cref="RecipeReader"/>, and a planner.</remarks>
public abstract record Recipe
{
    /// <summary>The document's first node.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Name of the document; null: the file's only or last result.</summary>
    public Placed<string>? Name { get; init; }

    public Placed<ModelReference>? Base { get; init; }

    /// <summary>Ours: start of all random streams; 0 where the recipe gives none.</summary>
    public Placed<ulong>? Seed { get; init; }

    /// <summary>Names of the file's other documents whose results are models here.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>What makes the result, for the model card and the manifest.</summary>
    public abstract MethodSpec Spec { get; }

    /// <summary>Name by which other tools find the recipe beside the model.</summary>
    public virtual string FileName => "mergekit_config.yml";

    /// <summary>All models in the order of the text, each once, the recipe's base first.</summary>
    public IEnumerable<Placed<ModelReference>> Models => ModelsAsWritten.DistinctBy(model => model.Value);

    /// <summary>The recipe in one form, one leaf a line: order of keys, comments and layout do not change it.</summary>
    public IReadOnlyList<CanonicalLine> CanonicalLines => CanonicalText.Lines(Canonical);

    /// <summary>The same as YAML that reads back to an equal recipe.</summary>
    public string CanonicalYaml => CanonicalText.Yaml(Canonical);

    /// <summary>What has an effect, in one form.</summary>
    private protected abstract YamlMap Canonical { get; }

    private protected abstract IEnumerable<Placed<ModelReference>> ModelsAsWritten { get; }
}
