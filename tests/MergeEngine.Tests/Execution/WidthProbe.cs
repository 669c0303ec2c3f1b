using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Execution;

/// <summary>The test assembly as a program: fuzzes if it is told so, else prints what vectors the runtime uses, and the digests of the synthetic merges. <see cref="VectorWidths"/> starts it.</summary>
static class WidthProbe
{
    public static string Widths => $"float vector {Vector<float>.Count}, avx2 {Avx2.IsSupported}, avx512 {Avx512F.IsSupported}, any {Vector128.IsHardwareAccelerated}";

    /// <summary>A line for each method and way to run it: method, kernels, threads, tile, digests.</summary>
    public static IEnumerable<string> Digests()
    {
        var merges = new SyntheticMerges();
        return from kernels in KernelSet.All
               from threads in (int[])[1, 2]
               from tile in (int[])[64, 65536]
               from digests in merges.Digests(new MergeOptions { Kernels = kernels.Name, Threads = threads, TileSize = tile })
               select $"{digests.Key} {kernels.Name} {threads} {tile} {digests.Value}";
    }

    static int Main(string[] arguments)
    {
        if (arguments is ["fuzz", .. var rest]) return Fuzzing.FuzzProgram.Run(rest);
        Console.WriteLine(Widths);
        foreach (string line in Digests()) Console.WriteLine(line);
        return 0;
    }
}
