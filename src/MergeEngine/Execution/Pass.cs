using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Execution;

/// <summary>One reading of the sources: runs a tile program over all blocks, feeds reductions, and encodes a result if one is wanted.</summary>
sealed class Pass
{
    readonly MergeRun run;
    readonly PassGeometry geometry;
    readonly IReadOnlyList<Reduction> reductions;
    readonly TileProgram program;
    readonly int[][] reductionRegisters;
    readonly BlockOutput? output;
    readonly TileSize size;
    readonly int storedSize;

    /// <param name="run">Files, kernels and limits.</param>
    /// <param name="geometry">Shape of the work.</param>
    /// <param name="reductions">What to find out.</param>
    /// <param name="result">What to write; null: nothing.</param>
    /// <param name="output">Where the result goes.</param>
    public Pass(MergeRun run, PassGeometry geometry, IReadOnlyList<Reduction> reductions, LazyTensor? result, BlockOutput? output)
    {
        (this.run, this.geometry, this.reductions, this.output) = (run, geometry, reductions, output);
        LazyTensor[] wanted = [.. reductions.SelectMany(reduction => reduction.Operands), .. result is null ? [] : new[] { result }];
        program = TileProgram.Compile(wanted);
        storedSize = program.Leaves.Sum(leaf => leaf.StoredSize);
        size = TileSize.For(run, program.RegisterCount, storedSize, output?.Dtype.Size() ?? 0);
        int next = 0;
        reductionRegisters = [.. reductions.Select(reduction => program.Wanted[next..(next += reduction.Operands.Length)])];
    }

    public void Run(Scheduler.Worker worker)
    {
        foreach (var reduction in reductions) reduction.Begin(geometry);
        worker.ForBlocks(geometry.VisitedBlocks, (visit, worker) => RunBlock(geometry.Block(visit), worker));
        foreach (var reduction in reductions) reduction.End();
        if (geometry.IsSample) return;
        foreach (var leaf in program.Leaves) leaf.Seen();
    }

    void RunBlock(int block, Scheduler.Worker worker)
    {
        int count = geometry.VisitedCount(block);
        var carries = worker.Workspace.Carries(program.Steps.Count);
        worker.Workspace.Divide(program.RegisterCount * size.Tile, storedSize * Math.Min(size.Chunk, count), count * (output?.Dtype.Size() ?? 0));
        for (int start = 0; start < count; start += size.Chunk)
            RunChunk(block, start, Math.Min(size.Chunk, count - start), carries, worker);
        foreach (var reduction in reductions) reduction.EndBlock(block, worker.Index);
        output?.Write(block, count, worker.Workspace);
    }

    void RunChunk(int block, int chunkStart, int chunkCount, Span<long> carries, Scheduler.Worker worker)
    {
        long first = (long)block * PassGeometry.BlockSize + chunkStart;
        var stored = worker.Workspace.Stored;
        Span<int> offsets = stackalloc int[program.Leaves.Count];
        int end = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = end;
            end += chunkCount * program.Leaves[i].StoredSize;
            program.Leaves[i].Fetch(run.Read, first, stored[offsets[i]..end]);
        }
        for (int start = 0; start < chunkCount; start += size.Tile)
        {
            int count = Math.Min(size.Tile, chunkCount - start);
            RunTile(block, first + start, count, start, stored, offsets, carries, worker);
        }
    }

    void RunTile(int block, long first, int count, int chunkStart, ReadOnlySpan<byte> stored, ReadOnlySpan<int> offsets, Span<long> carries, Scheduler.Worker worker)
    {
        var frame = new TileFrame
        {
            Kernels = run.Kernels,
            Registers = worker.Workspace.Registers,
            Stride = size.Tile,
            Count = count,
            First = first,
            Block = block,
            Worker = worker.Index,
        };
        for (int i = 0; i < program.Steps.Count; i++)
        {
            var step = program.Steps[i];
            step.Operation.Run(frame.For(step.Operands, step.Result, Stored(step, stored, offsets, chunkStart, count), carries.Slice(i, 1)));
        }
        for (int i = 0; i < reductions.Count; i++) reductions[i].Accumulate(frame.For(reductionRegisters[i], 0, [], []));
        output?.Encode(run.Kernels, first % PassGeometry.BlockSize, frame.For([program.Wanted[^1]], 0, [], []).Operand(0), worker.Workspace);
    }

    ReadOnlySpan<byte> Stored(TileProgram.Step step, ReadOnlySpan<byte> stored, ReadOnlySpan<int> offsets, int start, int count)
    {
        if (step.Leaf < 0) return [];
        int elementSize = program.Leaves[step.Leaf].StoredSize;
        return stored.Slice(offsets[step.Leaf] + start * elementSize, count * elementSize);
    }
}
