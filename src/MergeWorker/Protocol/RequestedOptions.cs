namespace MergeWorker.Protocol;

/// <summary>Properties that change how a merge runs and no byte of what it gives; empty: the default.</summary>
sealed record RequestedOptions(string Threads, string MemoryBudget, string TileSize, string Kernels);
