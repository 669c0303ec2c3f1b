namespace MergeEngine.Recipes;

/// <summary>What the rows of a router are made of, as far as no forward pass is needed.</summary>
public enum GateMode
{
    /// <summary><c>cheap_embed</c>: the sum of the prompts' token embeddings, of length 1; the same in every layer.</summary>
    CheapEmbed,

    /// <summary><c>random</c>: normal numbers.</summary>
    Random,

    /// <summary><c>uniform_random</c>: numbers between -1/√h and 1/√h, h the hidden size.</summary>
    UniformRandom,
}
