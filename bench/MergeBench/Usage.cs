namespace MergeBench;

/// <summary>What a process and everything it waited for has used.</summary>
/// <param name="Wall">Seconds from start to exit.</param>
/// <param name="Cpu">Seconds, user and system.</param>
/// <param name="PeakBytes">Largest resident set of one process among them.</param>
sealed record Usage(int ExitCode, double Wall, double Cpu, long PeakBytes, string Output);
