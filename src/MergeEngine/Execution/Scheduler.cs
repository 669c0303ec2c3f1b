namespace MergeEngine.Execution;

/// <summary>Runs jobs (tensors) on a fixed number of threads. A job may cut its work into blocks; threads without a job help with them.</summary>
/// <remarks>So many small tensors and one huge tensor both keep all cores busy. The first exception stops everything and is thrown by <see cref="Run"/>.</remarks>
sealed class Scheduler
{
    readonly List<BlockRange> open = [];
    readonly Action<int, Worker> job;
    readonly int jobs;
    readonly CancellationToken cancellation;
    int nextJob, jobsLeft;
    Exception? failure;

    Scheduler(int jobs, Action<int, Worker> job, CancellationToken cancellation) =>
        (this.jobs, jobsLeft, this.job, this.cancellation) = (jobs, jobs, job, cancellation);

    public static void Run(int threads, int jobs, MemoryAccount account, Action<int, Worker> job, CancellationToken cancellation)
    {
        var scheduler = new Scheduler(jobs, job, cancellation);
        using var _ = cancellation.Register(() => scheduler.Fail(new OperationCanceledException(cancellation)));
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(index => new Thread(() => scheduler.Work(index, account)) { IsBackground = true })];
        foreach (var thread in others) thread.Start();
        scheduler.Work(0, account);
        foreach (var thread in others) thread.Join();
        if (scheduler.failure is { } failure) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>One thread of a run.</summary>
    internal sealed class Worker(Scheduler scheduler, int index, MemoryAccount account)
    {
        readonly List<Workspace> workspaces = [new(account)];

        public int Index => index;

        public MemoryAccount Account => account;

        public Workspace Workspace => workspaces[0];

        /// <summary>The buffers of a pass that runs inside others.</summary>
        public Workspace WorkspaceAt(int depth)
        {
            while (workspaces.Count <= depth) workspaces.Add(new Workspace(account));
            return workspaces[depth];
        }

        /// <summary>Runs the body for every block, in any order, perhaps on several workers; returns when all are done.</summary>
        public void ForBlocks(int blocks, Action<int, Worker> body) => scheduler.RunBlocks(new BlockRange(blocks, body), this);
    }

    sealed class BlockRange(int count, Action<int, Worker> body)
    {
        int next, done;

        public bool HasMore => Volatile.Read(ref next) < count;

        public bool IsDone => Volatile.Read(ref done) == count;

        /// <returns>True if this call finished the range.</returns>
        public bool RunNext(Worker worker)
        {
            int block = Interlocked.Increment(ref next) - 1;
            if (block >= count) return false;
            body(block, worker);
            return Interlocked.Increment(ref done) == count;
        }
    }

    void Work(int index, MemoryAccount account)
    {
        var worker = new Worker(this, index, account);
        try
        {
            for (int i = Interlocked.Increment(ref nextJob) - 1; i < jobs; i = Interlocked.Increment(ref nextJob) - 1)
            {
                ThrowIfStopped();
                job(i, worker);
                if (Interlocked.Decrement(ref jobsLeft) == 0) WakeAll();
            }
            while (NextOpen() is { } range) Help(range, worker);
        }
        catch (StoppedException) { }
        catch (Exception exception) { Fail(exception); }
    }

    void RunBlocks(BlockRange range, Worker worker)
    {
        lock (open)
        {
            open.Add(range);
            Monitor.PulseAll(open);
        }
        Help(range, worker);
        lock (open)
        {
            while (!range.IsDone && failure is null) Monitor.Wait(open);
            open.Remove(range);
        }
        ThrowIfStopped();
    }

    void Help(BlockRange range, Worker worker)
    {
        while (range.HasMore)
        {
            ThrowIfStopped();
            if (range.RunNext(worker)) WakeAll();
        }
    }

    /// <returns>A range that has work; null when all jobs are done.</returns>
    BlockRange? NextOpen()
    {
        lock (open)
        {
            while (true)
            {
                if (failure is not null || jobsLeft <= 0) return null;
                if (open.Find(range => range.HasMore) is { } range) return range;
                Monitor.Wait(open);
            }
        }
    }

    void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref failure, exception, null);
        WakeAll();
    }

    void WakeAll()
    {
        lock (open) Monitor.PulseAll(open);
    }

    void ThrowIfStopped()
    {
        if (Volatile.Read(ref failure) is not null) throw new StoppedException();
    }

    /// <summary>Another worker failed; this one only leaves.</summary>
    sealed class StoppedException : Exception;
}
