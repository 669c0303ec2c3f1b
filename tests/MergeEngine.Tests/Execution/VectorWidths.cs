using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MergeEngine.Kernels;
using MergeEngine.Methods;

namespace MergeEngine.Tests.Execution;

/// <summary>The same merges in child processes with instruction sets off, or with wider vectors, give the same bits; the width is asserted, so the switch is known to work.</summary>
public class VectorWidths
{
    static readonly IReadOnlyList<string> Here = [.. WidthProbe.Digests()];

    [Fact]
    public void DoNotChangeABitHere() => AssertSame(Here);

    [SkippableFact]
    public async Task WithoutAvx512DoNotChangeABit()
    {
        Skip.IfNot(Avx512F.IsSupported, "This machine has no AVX-512.");
        await AssertSameIn("DOTNET_EnableAVX512", "0", "float vector 8, avx2 True, avx512 False, any True");
    }

    [SkippableFact]
    public async Task WithoutAvx2DoNotChangeABit()
    {
        Skip.IfNot(Avx2.IsSupported, "This machine has no AVX2.");
        await AssertSameIn("DOTNET_EnableAVX2", "0", "float vector 4, avx2 False, avx512 False, any True");
    }

    [Fact]
    public Task WithoutAnyVectorsDoNotChangeABit() => AssertSameIn("DOTNET_EnableHWIntrinsic", "0", "float vector 4, avx2 False, avx512 False, any False");

    [SkippableFact]
    public async Task Of512BitsDoNotChangeABit()
    {
        Skip.IfNot(Vector512.IsHardwareAccelerated, "This machine has no fast vectors of 512 bits.");
        await AssertSameIn("DOTNET_MaxVectorTBitWidth", "512", "float vector 16, avx2 True, avx512 True, any True");
    }

    static async Task AssertSameIn(string variable, string value, string widths)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", typeof(WidthProbe).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        using var child = Process.Start(start)!;
        var (output, error) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        Assert.True(child.ExitCode == 0, await error);
        string[] lines = (await output).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(widths, lines[0]);
        AssertSame(lines[1..]);
    }

    /// <summary>Every way to run a method gives the digests that the first way gives here.</summary>
    static void AssertSame(IReadOnlyList<string> lines)
    {
        Assert.Equal(MethodRegistry.All.Count * KernelSet.All.Count * 4, lines.Count);
        var expected = Here.GroupBy(line => line.Split(' ')[0]).ToDictionary(group => group.Key, group => group.First().Split(' ')[^1]);
        Assert.All(lines, line => Assert.Equal(expected[line.Split(' ')[0]], line.Split(' ')[^1]));
    }
}
