namespace MergeEngine.Execution;

/// <summary>What came of a merge besides its files.</summary>
/// <param name="Digests">The digest of each output tensor, in the order of the steps.</param>
/// <param name="Warnings">What methods found out about the numbers; each kind once.</param>
public sealed record MergeOutcome(IReadOnlyList<string> Digests, IReadOnlyList<Diagnostic> Warnings);
