namespace MergeWorker.Protocol;

/// <summary>Properties that change how a merge runs and no byte of what it gives; empty: the default.</summary>
/// <param name="Torch">off, cpu or cuda: what linear algebra is computed with. The version, which matters, is that of the SDK.</param>
/// <param name="TorchDirectory">Full path of the folder that should have LibTorch.</param>
sealed record RequestedOptions(string Threads, string MemoryBudget, string TileSize, string Kernels, string Torch, string TorchDirectory);
