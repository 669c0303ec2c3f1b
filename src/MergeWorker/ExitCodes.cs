namespace MergeWorker;

static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Errors were reported as events.</summary>
    public const int Errors = 2;

    /// <summary>As a shell reports a process that SIGINT ended.</summary>
    public const int Stopped = 130;
}
