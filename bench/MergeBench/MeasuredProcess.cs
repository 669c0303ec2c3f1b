using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MergeBench;

/// <summary>Runs a command and reports its wall time, CPU time and peak memory exactly, as the kernel counted them.</summary>
/// <remarks>
/// The kernel sums CPU and keeps the largest resident set over all children that a process has waited for. So each command gets a parent of
/// its own: this program again, with the first argument <see cref="Verb"/>. Linux only.
/// </remarks>
static class MeasuredProcess
{
    public const string Verb = "measure";

    /// <exception cref="InvalidOperationException">The command failed; the message holds the end of its output.</exception>
    public static Usage Run(string workingDirectory, params string[] command)
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException("The benchmarks measure processes by Linux's getrusage.");
        string[] wrapped = [Environment.ProcessPath!, typeof(MeasuredProcess).Assembly.Location, Verb, .. command];
        var (exitCode, output) = Start(workingDirectory, wrapped);
        if (exitCode != 0) throw new InvalidOperationException(output);
        var usage = JsonSerializer.Deserialize<Usage>(output)!;
        return usage.ExitCode == 0 ? usage : throw new InvalidOperationException($"{string.Join(' ', command)}\n{usage.Output}");
    }

    /// <summary>The measuring parent: prints a <see cref="Usage"/> as JSON.</summary>
    public static void Measure(string[] command)
    {
        long start = Stopwatch.GetTimestamp();
        var (exitCode, output) = Start(Environment.CurrentDirectory, command);
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (getrusage(-1, out var used) != 0) throw new InvalidOperationException("getrusage failed");
        double cpu = used.UserSeconds + used.SystemSeconds + (used.UserMicroseconds + used.SystemMicroseconds) * 1e-6;
        Console.Write(JsonSerializer.Serialize(new Usage(exitCode, wall, cpu, used.MaxResidentKibibytes << 10, output)));
    }

    // Standard input stays open until the process ends: the merge worker takes its end as an order to stop.
    static (int ExitCode, string Output) Start(string workingDirectory, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    [DllImport("libc")]
    static extern int getrusage(int who, out ResourceUsage usage);

    /// <summary>The kernel's struct rusage on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public long MaxResidentKibibytes;
    }
}
