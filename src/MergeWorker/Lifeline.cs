using System.Runtime.InteropServices;

namespace MergeWorker;

/// <summary>Ties the worker to whoever started it: when standard input says "cancel" or ends, the work stops.</summary>
/// <remarks>The starter being killed closes the input too, so no worker is left behind. Ctrl-C reaches the whole group: the worker ignores it and waits for the word.</remarks>
sealed class Lifeline : IDisposable
{
    /// <summary>Longest orderly stop; after that the process just ends, and the next build removes what it leaves.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource stop = new();
    readonly PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
    readonly PosixSignalRegistration terminate;

    public Lifeline(Stream input)
    {
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            Stop();
        });
        new Thread(() => Watch(input)) { IsBackground = true, Name = "lifeline" }.Start();
    }

    public CancellationToken Stopped => stop.Token;

    public void Stop()
    {
        new Thread(End) { IsBackground = true, Name = "grace" }.Start();
        stop.Cancel();
    }

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
    }

    void Watch(Stream input)
    {
        using var reader = new StreamReader(input);
        while (reader.ReadLine() is { } line && line != "cancel") { }
        Stop();
    }

    static void End()
    {
        Thread.Sleep(Grace);
        Environment.Exit(ExitCodes.Stopped);
    }
}
