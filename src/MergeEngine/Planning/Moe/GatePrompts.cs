namespace MergeEngine.Planning.Moe;

/// <summary>The tokens of an expert's prompts, one after the other.</summary>
/// <param name="Negative">Empty: there are no such prompts.</param>
sealed record GatePrompts(IReadOnlyList<long> Positive, IReadOnlyList<long> Negative);
