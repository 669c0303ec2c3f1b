namespace MergeEngine.Recipes;

/// <summary>Where the output's vocabulary comes from: all models together, the base, or one model.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Model">The model, if it is one.</param>
public readonly record struct VocabularySource(VocabularySource.Kinds Kind, ModelReference? Model = null)
{
    public enum Kinds
    {
        /// <summary>The base's tokens, then those of the other models that it lacks.</summary>
        Union,

        /// <summary>The tokens of the recipe's base, or of its first model.</summary>
        Base,

        /// <summary>The tokens of a named model, which need not be merged.</summary>
        Model,
    }

    public override string ToString() => Model?.ToString() ?? (Kind == Kinds.Union ? "union" : "base");
}
