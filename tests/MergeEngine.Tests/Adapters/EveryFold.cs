using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>What peft makes of a model and its adapters, we make of <c>model+adapter</c> without writing the adapted model.</summary>
public sealed class EveryFold : IDisposable
{
    const double Tolerance = 2e-6;

    readonly string output = Directory.CreateTempSubdirectory("fold-").FullName;

    public static TheoryData<string> Names => [.. FoldCase.All];

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Theory, MemberData(nameof(Names))]
    public void GivesThePeftResult(string name)
    {
        var fold = new FoldCase(name);
        MergeExecutor.Run(fold.Plan(), output, new MergeOptions { Threads = 2 }, null, CancellationToken.None);
        var ours = TensorFile.ReadCheckpoint(output);
        var before = TensorFile.ReadCheckpoint(Path.Combine(FoldCase.Folder, fold.Base));
        var changed = fold.Read(name == "fold-bf16" ? "once.safetensors" : "expected.safetensors");
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        foreach (var (tensor, (info, bytes)) in ours)
        {
            Assert.Equal((before[tensor].Info.Dtype, before[tensor].Info.Shape), (info.Dtype, info.Shape));
            if (changed.TryGetValue(name == "fold-bf16" ? $"{tensor}.once" : tensor, out var expected)) Check(tensor, info, expected.Bytes, bytes);
            else Assert.True(before[tensor].Bytes.AsSpan().SequenceEqual(bytes), $"{tensor} changed");
        }
    }

    /// <summary>16-bit results were rounded from another float32 sum: almost all are equal, none is further than one unit in the last place.</summary>
    static void Check(string tensor, TensorInfo info, byte[] expected, byte[] actual)
    {
        if (info.Dtype == Dtype.F32)
        {
            var (wanted, found) = (MemoryMarshal.Cast<byte, float>(expected).ToArray(), MemoryMarshal.Cast<byte, float>(actual).ToArray());
            for (int i = 0; i < wanted.Length; i++) Assert.True(Math.Abs(wanted[i] - found[i]) <= Tolerance, $"{tensor}[{i}]: expected {wanted[i]}, got {found[i]}");
            return;
        }
        Assert.Equal(Dtype.BF16, info.Dtype);
        var (patterns, ours) = (MemoryMarshal.Cast<byte, ushort>(expected).ToArray(), MemoryMarshal.Cast<byte, ushort>(actual).ToArray());
        Assert.All(patterns.Zip(ours), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
        Assert.True(patterns.Zip(ours).Count(pair => pair.First != pair.Second) <= patterns.Length / 100);
    }
}
