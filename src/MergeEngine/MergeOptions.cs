namespace MergeEngine;

/// <summary>How a merge is run. Nothing here changes a bit of the output except <see cref="Seed"/>.</summary>
public sealed record MergeOptions
{
    /// <summary>Compute threads; 0: one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes of buffers; 0: the smaller of 2 GiB and a quarter of the machine's memory.</summary>
    public long MemoryBudget { get; init; }

    /// <summary>Elements per tile, rounded up to a multiple of 16; 0: chosen by the engine.</summary>
    public int TileSize { get; init; }

    /// <summary>Name of the kernel set: "scalar", "simd"; null: the fastest.</summary>
    public string? Kernels { get; init; }

    public ulong Seed { get; init; }
}
