using MergeEngine;

namespace MergeWorker;

/// <summary>One line of the text that an action key is the digest of.</summary>
/// <param name="Text">No path, no time, nothing that does not change the result.</param>
/// <param name="Position">The place in the recipe that it comes from.</param>
sealed record KeyLine(string Text, SourcePosition Position);
