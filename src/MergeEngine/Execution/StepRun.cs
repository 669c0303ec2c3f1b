using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Planning;

namespace MergeEngine.Execution;

/// <summary>Makes one output tensor: asks the method for its expression, runs the passes that it needs, writes the result.</summary>
sealed class StepRun(MergeRun run, MergeStep step, int index, Scheduler.Worker worker, Action<long> written)
{
    /// <summary>Elements that are checked at a time while they are copied.</summary>
    const int CheckedCount = 1 << 10;

    readonly PassGeometry geometry = Geometry(run, step.Shape);

    /// <returns>Digests of the outputs' bytes.</returns>
    public string[] Run()
    {
        if (step.Factoring is not null) return Factors.Run(Write);
        var output = new BlockOutput(step.Dtype, step.Shape.Count, (offset, bytes) => Write(0, offset, bytes));
        Merge(output);
        return [output.Digest.Finish()];
    }

    /// <summary>Of a step with a factoring whose rank depends on the numbers.</summary>
    public int MeasureRank() => Factors.MeasureRank();

    FactorRun Factors => new(run, step, worker.Account, Merge);

    void Write(int output, long offset, ReadOnlySpan<byte> bytes)
    {
        run.Write(index + output, offset, bytes);
        written(bytes.Length);
    }

    void Merge(BlockOutput output)
    {
        using var held = new HeldMatrices(run, worker);
        var scope = Scope(step.Shape);
        var result = step.Express(new SourceScope(scope, run.Draws, run.AllowNonFinite, run.Remarks) { Hold = held.Load, Scopes = Scope });
        if (result.Operation is Source source && source.Input.Dtype == step.Dtype)
        {
            Copy(source, output);
            return;
        }
        scope.ResolveNeedsOf(result);
        RunPass([], geometry, result, output);
    }

    TensorScope Scope(TensorShape shape)
    {
        var geometry = Geometry(run, shape);
        return new(shape, (reductions, sample) => RunPass(reductions, geometry with { IsSample = sample }));
    }

    static PassGeometry Geometry(MergeRun run, TensorShape shape) => new(shape.Count, shape.Rank == 0 ? 1 : shape[shape.Rank - 1], run.Threads);

    void RunPass(IReadOnlyList<Reduction> reductions, PassGeometry geometry, LazyTensor? result = null, BlockOutput? output = null) =>
        new Pass(run, geometry, reductions, result, output).Run(worker);

    /// <summary>Copies stored bytes; floating-point elements are still checked.</summary>
    void Copy(Source source, BlockOutput output)
    {
        worker.ForBlocks(geometry.Blocks, (block, worker) =>
        {
            int count = geometry.BlockCount(block);
            worker.Workspace.Divide(CheckedCount, count * step.Dtype.Size(), 0);
            var bytes = worker.Workspace.Stored;
            long first = (long)block * PassGeometry.BlockSize;
            source.Fetch(run.Read, first, bytes);
            if (step.Dtype == Dtype.F64) CheckDoubles(source.Input, first, bytes);
            else if (step.Dtype.IsFloat())
                for (int start = 0; start < count; start += CheckedCount) Check(source, first, start, Math.Min(CheckedCount, count - start), worker);
            output.Write(block, bytes);
        });
    }

    /// <summary>A finite float64 may be infinite as a float32, which a copy never makes of it.</summary>
    void CheckDoubles(StoredTensor source, long first, ReadOnlySpan<byte> bytes)
    {
        if (run.AllowNonFinite) return;
        var values = MemoryMarshal.Cast<byte, double>(bytes);
        for (int i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i])) throw new MergeException(Errors.NonFinite(source.Info, source.Model, first + i, (float)values[i]));
    }

    void Check(Source source, long blockFirst, int start, int count, Scheduler.Worker worker) =>
        source.Run(new TileFrame
        {
            Kernels = run.Kernels,
            Registers = worker.Workspace.Registers,
            Stride = count,
            Count = count,
            First = blockFirst + start,
            Block = 0,
            Worker = worker.Index,
            Stored = worker.Workspace.Stored.Slice(start * step.Dtype.Size(), count * step.Dtype.Size()),
        });
}
