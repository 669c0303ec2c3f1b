using MergeEngine.Checkpoints;

namespace MergeEngine.Execution;

/// <summary>Computes the digests of stored tensors: the identities that action keys are made of.</summary>
public static class CheckpointDigests
{
    const int PieceLength = 4 * TensorDigest.ChunkLength;

    /// <param name="tensors">What to read.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="threads">Threads; 0: one per processor.</param>
    /// <param name="progress">Bytes read so far.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>One digest per tensor, in their order.</returns>
    public static string[] Compute(IReadOnlyList<TensorInfo> tensors, TensorReader reader, int threads, IProgress<long>? progress, CancellationToken cancellation)
    {
        var digests = new string[tensors.Count];
        long read = 0;
        Scheduler.Run(threads > 0 ? threads : Environment.ProcessorCount, tensors.Count, new MemoryAccount(), (index, worker) =>
        {
            var tensor = tensors[index];
            var digest = new TensorDigest(tensor.Length);
            worker.ForBlocks(checked((int)((tensor.Length + PieceLength - 1) / PieceLength)), (piece, worker) =>
            {
                long offset = (long)piece * PieceLength;
                worker.Workspace.Divide(0, (int)Math.Min(PieceLength, tensor.Length - offset), 0);
                var bytes = worker.Workspace.Stored;
                reader.Read(tensor, offset, bytes);
                digest.Add(offset, bytes);
                progress?.Report(Interlocked.Add(ref read, bytes.Length));
            });
            digests[index] = digest.Finish();
        }, cancellation);
        return digests;
    }
}
