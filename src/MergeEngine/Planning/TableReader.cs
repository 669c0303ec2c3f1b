using MergeEngine.Checkpoints;

namespace MergeEngine.Planning;

/// <summary>Reads elements of a table from a flat index on. Safe for several threads.</summary>
delegate void TableReader(TensorInput read, long first, Span<float> destination);
