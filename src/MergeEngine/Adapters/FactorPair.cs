using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>The factors of a low-rank product: rows · rank, and rank · columns.</summary>
sealed record FactorPair(StoredMatrix Rows, StoredMatrix Columns);
