using System.Runtime.InteropServices;
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
    readonly int storedSize, depth;
    readonly OperandReader?[] readers;
    readonly bool fromBlockStart;

    /// <param name="run">Files, kernels and limits.</param>
    /// <param name="geometry">Shape of the work.</param>
    /// <param name="reductions">What to find out.</param>
    /// <param name="result">What to write; null: nothing.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="depth">0: a pass of the merge; else one that evaluates the operand of a leaf of the pass above.</param>
    public Pass(MergeRun run, PassGeometry geometry, IReadOnlyList<Reduction> reductions, LazyTensor? result, BlockOutput? output, int depth = 0)
    {
        (this.run, this.geometry, this.reductions, this.output, this.depth) = (run, geometry, reductions, output, depth);
        LazyTensor[] wanted = [.. reductions.SelectMany(reduction => reduction.Operands), .. result is null ? [] : new[] { result }];
        program = TileProgram.Compile(wanted);
        storedSize = program.Leaves.Sum(leaf => leaf.StoredSize);
        readers = [.. program.Leaves.Select(leaf => leaf is VectorLeaf vectors ? new OperandReader(run, geometry, vectors.Operand, depth + 1) : null)];
        fromBlockStart = program.Steps.Any(step => step.Operation.CountsWithinBlock);
        size = TileSize.For(run, program.RegisterCount, storedSize, output?.Dtype.Size() ?? 0, Array.Exists(readers, reader => reader is not null));
        int next = 0;
        reductionRegisters = [.. reductions.Select(reduction => program.Wanted[next..(next += reduction.Operands.Length)])];
    }

    public void Run(Scheduler.Worker worker)
    {
        foreach (var reduction in reductions) reduction.Begin(geometry);
        int inOrder = geometry.IsSample ? 1 : reductions.Select(reduction => reduction.BlocksInOrder(geometry)).Append(1).Max();
        worker.ForBlocks((geometry.VisitedBlocks + inOrder - 1) / inOrder, (unit, worker) =>
        {
            for (int visit = unit * inOrder; visit < Math.Min(geometry.VisitedBlocks, (unit + 1) * inOrder); visit++) RunBlock(geometry.Block(visit), worker);
        });
        foreach (var reduction in reductions) reduction.End();
        if (geometry.IsSample) return;
        foreach (var leaf in program.Leaves) leaf.Seen();
    }

    void RunBlock(int block, Scheduler.Worker worker)
    {
        int count = geometry.VisitedCount(block);
        RunRange(block, 0, count, worker);
        foreach (var reduction in reductions) reduction.EndBlock(block, worker.Index);
        output?.Write(block, count, worker.Workspace);
    }

    /// <summary>Runs a part of a block; more of it before the part where tiles must start at a multiple of 16, or count from the block's start.</summary>
    /// <param name="block">Index of the block.</param>
    /// <param name="first">First element in the block.</param>
    /// <param name="end">End of the part in the block.</param>
    /// <param name="worker">Whose buffers are used.</param>
    public void RunRange(int block, int first, int end, Scheduler.Worker worker)
    {
        first = fromBlockStart ? 0 : first / KernelSet.Lanes * KernelSet.Lanes;
        var workspace = worker.WorkspaceAt(depth);
        var carries = workspace.Carries(program.Steps.Count);
        workspace.Divide(program.RegisterCount * size.Tile, storedSize * Math.Min(size.Chunk, end - first), end * (output?.Dtype.Size() ?? 0));
        for (int start = first; start < end; start += size.Chunk)
            RunChunk(block, start, Math.Min(size.Chunk, end - start), carries, worker, workspace);
    }

    void RunChunk(int block, int chunkStart, int chunkCount, Span<long> carries, Scheduler.Worker worker, Workspace workspace)
    {
        long first = (long)block * PassGeometry.BlockSize + chunkStart;
        var stored = workspace.Stored;
        Span<int> offsets = stackalloc int[program.Leaves.Count];
        int end = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = end;
            end += chunkCount * program.Leaves[i].StoredSize;
            if (readers[i] is { } reader) Fetch((VectorLeaf)program.Leaves[i], reader, first, stored[offsets[i]..end], worker, workspace);
            else program.Leaves[i].Fetch(run.Read, first, stored[offsets[i]..end]);
        }
        for (int start = 0; start < chunkCount; start += size.Tile)
        {
            int count = Math.Min(size.Tile, chunkCount - start);
            RunTile(block, first + start, count, start, stored, offsets, carries, worker, workspace);
        }
    }

    static void Fetch(VectorLeaf leaf, OperandReader reader, long first, Span<byte> destination, Scheduler.Worker worker, Workspace workspace) =>
        leaf.Fetch((start, values) => reader.Read(start, values, worker), first, MemoryMarshal.Cast<byte, float>(destination), workspace.Scratch);

    void RunTile(int block, long first, int count, int chunkStart, ReadOnlySpan<byte> stored, ReadOnlySpan<int> offsets, Span<long> carries, Scheduler.Worker worker, Workspace workspace)
    {
        var frame = new TileFrame
        {
            Kernels = run.Kernels,
            Registers = workspace.Registers,
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
        output?.Encode(run.Kernels, first % PassGeometry.BlockSize, frame.For([program.Wanted[^1]], 0, [], []).Operand(0), workspace);
    }

    ReadOnlySpan<byte> Stored(TileProgram.Step step, ReadOnlySpan<byte> stored, ReadOnlySpan<int> offsets, int start, int count)
    {
        if (step.Leaf < 0) return [];
        int elementSize = program.Leaves[step.Leaf].StoredSize;
        return stored.Slice(offsets[step.Leaf] + start * elementSize, count * elementSize);
    }
}
