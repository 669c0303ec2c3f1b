using MergeEngine.Kernels;

namespace MergeEngine.Tests.Execution;

/// <summary>Ways to run a merge that must not change a bit of the output.</summary>
static class RunSettings
{
    static readonly int[] Tiles = [64, 1000, 4096, 65536], Threads = [1, 2, 7];

    public static IReadOnlyList<MergeOptions> All { get; } =
    [
        .. from kernels in KernelSet.All
           from tile in Tiles
           from threads in Threads
           select new MergeOptions { Kernels = kernels.Name, TileSize = tile, Threads = threads },
    ];

    /// <summary>Half of them, in which every two values meet.</summary>
    public static IReadOnlyList<MergeOptions> Paired { get; } =
    [
        .. All.Where(options => (Array.IndexOf(Tiles, options.TileSize) + Array.IndexOf(Threads, options.Threads) + (options.Kernels == KernelSet.All[0].Name ? 0 : 1)) % 2 == 0),
    ];

    /// <summary>The smallest and the largest tile, one thread and two, all kernels; and what the engine chooses.</summary>
    public static IReadOnlyList<MergeOptions> Few { get; } =
        [new MergeOptions(), .. All.Where(options => options is { TileSize: 64 or 65536, Threads: 1 or 2 })];
}
