using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace MergeTorch;

/// <summary>What of a processor decides which code paths LibTorch and its BLAS take.</summary>
static class ProcessorFeatures
{
    /// <summary>One word such as <c>GenuineIntel-avx512</c>.</summary>
    public static string Name { get; } = X86Base.IsSupported ? $"{Vendor()}-{Widest}" : RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    static string Widest => Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : Avx.IsSupported ? "avx" : "sse";

    static string Vendor()
    {
        (_, int b, int c, int d) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString([.. new[] { b, d, c }.SelectMany(BitConverter.GetBytes)]);
    }
}
