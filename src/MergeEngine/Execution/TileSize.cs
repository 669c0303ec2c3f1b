using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Execution;

/// <summary>Elements that are computed at a time (tile) and read at a time (chunk). No result depends on either.</summary>
readonly record struct TileSize(int Tile, int Chunk)
{
    /// <summary>Share of the second-level cache that registers may fill.</summary>
    const int CacheBytes = 512 << 10;

    /// <summary>A smaller tile only where a program has more registers than its sources let expect and the budget is tight.</summary>
    const int Smallest = 1 << 10;

    /// <param name="run">Its tile size wins; its budget is divided among the workers.</param>
    /// <param name="registers">Tile buffers of the program.</param>
    /// <param name="storedSize">Bytes that the sources have per element.</param>
    /// <param name="encodedSize">Bytes that the output has per element.</param>
    /// <param name="hasVectors">Some leaf needs whole vectors: it has room of its own, and half of the budget is for evaluating its operand.</param>
    public static TileSize For(MergeRun run, int registers, int storedSize, int encodedSize, bool hasVectors = false)
    {
        int registerSize = Math.Max(1, registers) * sizeof(float);
        if (hasVectors) storedSize += VectorScratch.Size;
        long left = (hasVectors ? run.BudgetPerWorker / 2 : run.BudgetPerWorker) - (long)PassGeometry.BlockSize * encodedSize;
        long inCache = Math.Clamp(CacheBytes / registerSize, Smallest, PassGeometry.BlockSize), inBudget = left / (registerSize + storedSize);
        int tile = run.TileSize > 0 ? run.TileSize : (int)Math.Max(KernelSet.Lanes, Math.Min(inCache, inBudget) / KernelSet.Lanes * KernelSet.Lanes);
        bool wholeBlocks = (long)tile * registerSize + (long)PassGeometry.BlockSize * storedSize <= left;
        return new(tile, wholeBlocks ? PassGeometry.BlockSize : tile);
    }

    /// <summary>Bytes that a worker needs at least.</summary>
    /// <param name="vectors">Leaves that need whole vectors.</param>
    public static long SmallestBytes(int sources, int storedSize, int encodedSize, int vectors = 0)
    {
        long plain = (long)Smallest * ((sources + 3) * sizeof(float) + storedSize) + (long)PassGeometry.BlockSize * encodedSize;
        return vectors == 0 ? plain : 2 * (plain + (long)Smallest * (2 * vectors * sizeof(float) + VectorScratch.Size));
    }
}
