using System.Collections.Concurrent;
using System.Diagnostics;

namespace MergeTasks;

/// <summary>Runs the worker: drains both its outputs, asks it to stop through its standard input, kills it if it does not.</summary>
/// <remarks>Not ToolTask: that one closes the input at once and kills without warning. The end of the input stops the worker even when this process is killed.</remarks>
sealed class WorkerProcess : IDisposable
{
    /// <summary>GitHub's runners kill 10 seconds after they have asked.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    readonly Process process;
    readonly BlockingCollection<string?> lines = [];
    int openOutputs = 2;

    public WorkerProcess(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Decides last bits of linear algebra, and tensors run side by side already.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["MKL_NUM_THREADS"] = "1";
        foreach (string argument in new[] { "exec", assembly }.Concat(arguments)) start.ArgumentList.Add(argument);
        foreach (string name in start.Environment.Keys.Where(IsMSBuilds).ToArray()) start.Environment.Remove(name);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => lines.Add(line.Data);
        process.ErrorDataReceived += (_, line) => lines.Add(line.Data);
    }

    /// <summary>Returns the exit code once the process has ended and every line was handled.</summary>
    public int Run(Action<string> handle, ManualResetEventSlim cancelled)
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Stopwatch? asked = null;
        while (openOutputs > 0)
        {
            if (lines.TryTake(out string? line, Poll)) Handle(line, handle);
            if (cancelled.IsSet && asked is null)
            {
                asked = Stopwatch.StartNew();
                AskToStop();
            }
            if (asked?.Elapsed > Grace) Kill();
        }
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        lines.Dispose();
    }

    static bool IsMSBuilds(string variable) => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);

    void Handle(string? line, Action<string> handle)
    {
        if (line is null) openOutputs--;
        else if (line.Length > 0) handle(line);
    }

    void AskToStop()
    {
        try
        {
            process.StandardInput.WriteLine("cancel");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }
    }

    void Kill()
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It was never started, or ended in between.
        }
    }
}
