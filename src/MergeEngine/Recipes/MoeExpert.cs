namespace MergeEngine.Recipes;

/// <summary>A dense model whose MLP matrices become one expert of every layer.</summary>
/// <param name="Positive">Prompts that should reach it; may be empty.</param>
/// <param name="Negative">Prompts that should not.</param>
/// <param name="NoiseScale">Deviation of normal noise that is added to its matrices; null: none.</param>
/// <param name="ResidualScale">Factor of its down projection, after the noise; null: none.</param>
public sealed record MoeExpert(
    Placed<ModelReference> Model, IReadOnlyList<Placed<string>> Positive, IReadOnlyList<Placed<string>> Negative, Placed<double>? NoiseScale, Placed<double>? ResidualScale)
{
    public bool HasPrompts => Positive.Count > 0;

    /// <summary>The router could not tell the two apart.</summary>
    internal bool HasPromptsOf(MoeExpert other) => Texts(Positive).SequenceEqual(Texts(other.Positive)) && Texts(Negative).SequenceEqual(Texts(other.Negative));

    static IEnumerable<string> Texts(IEnumerable<Placed<string>> prompts) => prompts.Select(prompt => prompt.Value);
}
