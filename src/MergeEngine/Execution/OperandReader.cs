using MergeEngine.Expressions;

namespace MergeEngine.Execution;

/// <summary>Evaluates a tensor for ranges of its elements, apart from the pass that asks.</summary>
sealed class OperandReader
{
    readonly Collected collected;
    readonly Pass pass;

    /// <param name="run">Files, kernels and limits; half of the budget is for this.</param>
    /// <param name="geometry">Shape of the work.</param>
    /// <param name="operand">What is evaluated.</param>
    /// <param name="depth">1 where a pass of the merge asks, more where another reader does.</param>
    public OperandReader(MergeRun run, PassGeometry geometry, LazyTensor operand, int depth)
    {
        collected = new Collected(operand, geometry.Workers);
        pass = new Pass(run with { BudgetPerWorker = run.BudgetPerWorker / 2 }, geometry with { IsSample = false }, [collected], null, null, depth);
    }

    /// <param name="first">Flat index of the first element.</param>
    /// <param name="values">Where the elements go.</param>
    /// <param name="worker">Its buffers of this depth are used.</param>
    public void Read(long first, Memory<float> values, Scheduler.Worker worker)
    {
        collected.Begin(worker.Index, first, values);
        for (long start = first, end = first + values.Length; start < end;)
        {
            int block = (int)(start / PassGeometry.BlockSize);
            long blockStart = (long)block * PassGeometry.BlockSize, blockEnd = Math.Min(end, blockStart + PassGeometry.BlockSize);
            pass.RunRange(block, (int)(start - blockStart), (int)(blockEnd - blockStart), worker);
            start = blockEnd;
        }
    }

    /// <summary>Copies what lies in the wanted range from the tiles that come by.</summary>
    sealed class Collected(LazyTensor tensor, int workers) : Reduction(tensor)
    {
        readonly (long First, Memory<float> Values)[] wanted = new (long, Memory<float>)[workers];

        public void Begin(int worker, long first, Memory<float> values) => wanted[worker] = (first, values);

        internal override void Begin(PassGeometry geometry) { }

        internal override void Accumulate(in TileFrame frame)
        {
            var (first, values) = wanted[frame.Worker];
            long start = Math.Max(first, frame.First), end = Math.Min(first + values.Length, frame.First + frame.Count);
            if (start < end) frame.Operand(0).Slice((int)(start - frame.First), (int)(end - start)).CopyTo(values.Span[(int)(start - first)..]);
        }

        internal override void EndBlock(int block, int worker) { }

        internal override void End() { }
    }
}
