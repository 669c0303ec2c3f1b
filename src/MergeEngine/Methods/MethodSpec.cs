namespace MergeEngine.Methods;

/// <summary>What a method declares; validation, the registry, the docs table and the recipe schema derive from it.</summary>
/// <param name="Id">Name in recipes.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Source">Where the mathematics comes from, such as an arXiv number.</param>
public sealed record MethodSpec(string Id, string Title, string Source, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Raised by hand when results change; part of every action key.</summary>
    public int Revision { get; init; } = 1;

    public bool NeedsBase { get; init; }

    /// <summary>Works with a base and without one.</summary>
    public bool TakesBase { get; init; }

    /// <summary>The base, where it is a source, is an input like the others (linear).</summary>
    public bool BaseIsInput { get; init; }

    /// <summary>Fewest and most inputs besides the base (with <see cref="BaseIsInput"/>: of all inputs).</summary>
    public int MinModels { get; init; } = 1;

    public int MaxModels { get; init; } = int.MaxValue;

    /// <summary>A tensor that only one of the inputs stores is taken over as it is.</summary>
    public bool CopiesTheOnlyOne { get; init; }

    /// <summary>All inputs have the same element type, unless the recipe gives one.</summary>
    public bool NeedsOneDtype { get; init; }

    /// <summary>Without 'dtype' the result has the smallest element type that holds those of all inputs; false: the base's.</summary>
    public bool Promotes { get; init; }

    /// <summary>What becomes of vocabulary tensors of different sizes.</summary>
    public VocabularyRule Vocabularies { get; init; }

    /// <summary>What planning finds out about parameters and a tensor's shape together.</summary>
    public IReadOnlyList<PlanCheck> Checks { get; init; } = [];

    /// <summary>Compares elements within rows or columns of each model, which needs more memory.</summary>
    public bool ComparesInVectors { get; init; }

    /// <summary>Draws random numbers: tensor name and seed are part of the action key.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The switch by which the result is divided by the sum of the models' 'weight': zero is an error when planning.</summary>
    public Parameter? DividesByWeights { get; init; }

    /// <summary>Its result is no model but an adapter to the base: it has a kind of recipe of its own.</summary>
    public bool MakesAdapter { get; init; }

    public Parameter? Find(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name);
}
