using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>A merge that is canceled, or whose files fail, ends on all threads with the cause.</summary>
public class Interrupted
{
    const long Count = 1L << 34;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ByCancellationStopsSoon(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        int reads = 0;
        void Read(TensorInfo tensor, long offset, Span<byte> destination)
        {
            if (Interlocked.Increment(ref reads) == 20) cancellation.Cancel();
            destination.Clear();
        }
        Assert.ThrowsAny<OperationCanceledException>(() => Run(Read, threads, cancellation.Token));
        Assert.InRange(reads, 20, 20 + 4 * threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ByAFailingReadThrowsItsException(int threads)
    {
        int reads = 0;
        void Read(TensorInfo tensor, long offset, Span<byte> destination)
        {
            if (Interlocked.Increment(ref reads) >= 20) throw new IOException("disk on fire");
            destination.Clear();
        }
        Assert.Equal("disk on fire", Assert.Throws<IOException>(() => Run(Read, threads, CancellationToken.None)).Message);
    }

    /// <summary>A tensor so long that it would never end.</summary>
    static void Run(TensorInput read, int threads, CancellationToken cancellation)
    {
        var shape = new TensorShape(Count);
        Dictionary<string, double> scale = new() { ["scale"] = 2 };
        var tensor = new TensorInfo("w", Dtype.U8, shape, "file", 0, Count);
        var step = new MergeStep("w", shape, Dtype.F8_E5M2, MethodRegistry.All["passthrough"], [new StepSource("m", tensor, shape, false, 0, scale)], scale);
        var run = MergeExecutor.Prepare([step], default, new MergeOptions { Threads = threads }, read, (_, _, _) => { }, PhiloxDraws.Of(0), false);
        MergeExecutor.Run([step], run, new MemoryAccount(), null, cancellation);
    }
}
