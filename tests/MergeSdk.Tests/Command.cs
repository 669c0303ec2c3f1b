using System.Collections.Concurrent;
using System.Diagnostics;

namespace MergeSdk.Tests;

/// <summary>A running dotnet command.</summary>
sealed class Command : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>A shell without job control starts its background commands with Ctrl-C ignored, and what they start inherits that: it is reset.</summary>
    static readonly string[] Launcher = CanResetSignals() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];

    readonly Process process;
    readonly ConcurrentQueue<string> lines = new();

    /// <param name="environment">Added to that of the tests; null removes a variable.</param>
    public Command(string folder, IEnumerable<string> arguments, IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(Launcher[0], [.. Launcher[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host was started by MSBuild itself, whose variables would change what is tested.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public string Output => string.Join('\n', lines);

    public BuildResult Wait()
    {
        if (!process.WaitForExit(Longest)) throw new TimeoutException(Output);
        process.WaitForExit();
        return new BuildResult(process.ExitCode, Output);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    static bool CanResetSignals()
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var trial = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true })!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }

    void Add(string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
