using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>What came out of a merge in memory.</summary>
/// <param name="Outputs">Stored bytes of each step's tensor.</param>
/// <param name="Digests">The digest of each.</param>
/// <param name="PeakBytes">Most bytes of buffers held at a time.</param>
sealed record MemoryMerge(byte[][] Outputs, string[] Digests, long PeakBytes)
{
    /// <param name="tensors">Where the sources of the steps are.</param>
    /// <param name="steps">What to make.</param>
    /// <param name="options">How.</param>
    /// <param name="draws">Random numbers; null: the engine's.</param>
    /// <param name="allowNonFinite">NaN and infinity are no errors.</param>
    public static MemoryMerge Run(MemoryTensors tensors, IReadOnlyList<MergeStep> steps, MergeOptions options, RandomDraws? draws = null, bool allowNonFinite = false)
    {
        byte[][] outputs = [.. steps.Select(step => new byte[step.Shape.Count * step.Dtype.Size()])];
        void Write(int step, long offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(outputs[step].AsSpan((int)offset));
        var run = MergeExecutor.Prepare(steps, new SourcePosition("test.yml"), options, tensors.Read, Write, draws ?? PhiloxDraws.Of(options.Seed), allowNonFinite);
        var account = new MemoryAccount();
        string[] digests = MergeExecutor.Run(steps, run, account, null, CancellationToken.None);
        return new(outputs, digests, account.Peak);
    }
}
