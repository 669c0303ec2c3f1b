using System.Runtime.InteropServices;

namespace MergeBench;

/// <summary>Facts about this machine that a figure depends on.</summary>
static class Machine
{
    static readonly string[] Flags = ["avx2", "avx512f", "avx512_bf16", "avx512_vnni", "sha_ni", "gfni", "asimd", "sve"];

    public static string Describe() =>
        $"{Environment.ProcessorCount} cores of {Processor("model name")} ({string.Join(", ", Flags.Intersect(Processor("flags").Split(' ')))}), "
        + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GiB, {RuntimeInformation.OSDescription} (kernel {Environment.OSVersion.Version}), {RuntimeInformation.FrameworkDescription}";

    static string Processor(string key) =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(": ", 2)[^1] ?? "unknown";
}
