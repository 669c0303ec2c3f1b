using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.LinearAlgebra;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Execution;

/// <summary>Runs merge steps: many tensors at a time, each tile by tile, never a tensor whole.</summary>
public static class MergeExecutor
{
    const long LargestDefaultBudget = 2L << 30;

    /// <summary>Writes the weight files of a plan into a folder; they appear when all are whole.</summary>
    /// <exception cref="MergeException">MRG0209, MRG0304-MRG0306, MRG0604, MRG0605: no weight file is left behind.</exception>
    public static MergeOutcome Run(
        MergePlan plan, string directory, MergeOptions options, IProgress<MergeProgress>? progress, CancellationToken cancellation) =>
        Run(plan, directory, options, PhiloxDraws.Of(plan.Seed), progress, cancellation);

    internal static MergeOutcome Run(
        MergePlan plan, string directory, MergeOptions options, RandomDraws draws, IProgress<MergeProgress>? progress, CancellationToken cancellation)
    {
        using var reader = new TensorReader();
        using var writer = new CheckpointWriter(directory, plan.Layout);
        var run = Prepare(plan.Steps, plan.Recipe.Position, options, reader.Read, writer.Write, draws, plan.AllowNonFinite, plan.LinearAlgebra);
        string[] digests = Run(plan.Steps, run, new MemoryAccount(), progress, cancellation);
        writer.Complete();
        return new MergeOutcome(digests, run.Remarks.Diagnostics);
    }

    /// <summary>Finds out what headers cannot tell, the ranks of factors that depend on the numbers: those tensors are read once more.</summary>
    /// <returns>The plan to run.</returns>
    /// <exception cref="MergeException">MRG0191, MRG0209, MRG0304, MRG0305.</exception>
    public static MergePlan Measure(MergePlan plan, MergeOptions options, CancellationToken cancellation)
    {
        int[] open = [.. Enumerable.Range(0, plan.Steps.Count).Where(i => plan.Steps[i].Factoring is { IsRankOpen: true })];
        if (open.Length == 0) return plan;
        using var reader = new TensorReader();
        var run = Prepare(plan.Steps, plan.Recipe.Position, options, reader.Read, (_, _, _) => { }, PhiloxDraws.Of(plan.Seed), plan.AllowNonFinite, plan.LinearAlgebra);
        var ranks = new int?[plan.Steps.Count];
        Scheduler.Run(run.Threads, open.Length, new MemoryAccount(), (job, worker) =>
            ranks[open[job]] = new StepRun(run, plan.Steps[open[job]], 0, worker, _ => { }).MeasureRank(), cancellation);
        return plan.WithRanks(ranks);
    }

    /// <summary>What <see cref="Run(MergePlan, string, MergeOptions, IProgress{MergeProgress}?, CancellationToken)"/> would say about the budget, before anything is read.</summary>
    /// <exception cref="MergeException">MRG0305: names the tensor and what it needs.</exception>
    public static void CheckBudget(MergePlan plan, MergeOptions options) =>
        Prepare(plan.Steps, plan.Recipe.Position, options, (_, _, _) => { }, (_, _, _) => { }, PhiloxDraws.Of(plan.Seed), plan.AllowNonFinite, plan.LinearAlgebra);

    /// <returns>The digest of each output tensor, in the order of the steps.</returns>
    internal static string[] Run(IReadOnlyList<MergeStep> steps, MergeRun run, MemoryAccount account, IProgress<MergeProgress>? progress, CancellationToken cancellation)
    {
        var first = new int[steps.Count + 1];
        for (int i = 0; i < steps.Count; i++) first[i + 1] = first[i] + steps[i].Outputs.Count;
        var digests = new string[first[^1]];
        long allBytes = steps.SelectMany(step => step.Outputs).Sum(output => output.Shape.Count * output.Dtype.Size()), bytes = 0;
        int done = 0;
        void Report() => progress?.Report(new MergeProgress(Volatile.Read(ref done), steps.Count, Interlocked.Read(ref bytes), allBytes));
        Scheduler.Run(run.Threads, steps.Count, account, (index, worker) =>
        {
            long maps = steps[index].Sources.Select(source => source.Tensor).OfType<GatheredRows>().Sum(table => table.OwnBytes);
            account.Add(maps);
            new StepRun(run, steps[index], first[index], worker, written =>
            {
                Interlocked.Add(ref bytes, written);
                Report();
            }).Run().CopyTo(digests, first[index]);
            account.Add(-maps);
            Interlocked.Increment(ref done);
            Report();
        }, cancellation);
        return digests;
    }

    /// <summary>Fits the threads to the budget, so that every tensor's smallest buffers have room.</summary>
    /// <exception cref="MergeException">MRG0305: not even one thread fits.</exception>
    internal static MergeRun Prepare(IReadOnlyList<MergeStep> steps, SourcePosition recipe, MergeOptions options, TensorInput read, TensorOutput write, RandomDraws draws, bool allowNonFinite, ILinearAlgebra? algebra = null)
    {
        long budget = options.MemoryBudget > 0 ? options.MemoryBudget : DefaultBudget();
        int threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        long Held(MergeStep step) => HeldBytes(step) + (step.Factoring?.Bytes(step.Shape, algebra!) ?? 0);
        long held = steps.Select(Held).DefaultIfEmpty(0).Max(), needed = steps.Select(SmallestBytes).DefaultIfEmpty(1).Max() + held;
        if (needed > budget) throw new MergeException(Errors.BudgetTooSmall(recipe, steps.MaxBy(step => SmallestBytes(step) + Held(step))!.Name, budget, needed));
        threads = (int)Math.Min(threads, budget / needed);
        int tile = (options.TileSize + 15) & ~15;
        return new MergeRun(read, write, draws, allowNonFinite, new MergeRemarks(recipe), KernelSet.Find(options.Kernels), threads, budget / threads - held, tile) { LinearAlgebra = algebra };
    }

    static long SmallestBytes(MergeStep step) =>
        TileSize.SmallestBytes(
            step.Sources.Sum(source => source.Tensor.Stored.Count()),
            step.Sources.Sum(source => source.Tensor.FetchedSize),
            step.Dtype.Size(),
            Vectors(step));

    static long HeldBytes(MergeStep step) => step.Sources.Sum(source => source.Tensor.HeldBytes);

    /// <summary>Models whose elements are compared in vectors, here and in merges inside this one.</summary>
    static int Vectors(MergeStep step) => (step.Method is { Spec.ComparesInVectors: true } ? step.Sources.Count : 0)
        + step.Sources.Sum(source => source.Tensor is MergedTensor inner ? Vectors(inner.Step) : 0);

    static long DefaultBudget() => Math.Min(LargestDefaultBudget, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
}
