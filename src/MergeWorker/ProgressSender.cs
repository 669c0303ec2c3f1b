using System.Diagnostics;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Sends progress a few times a second, however often it is reported, from any thread.</summary>
sealed class ProgressSender(EventWriter events, string subject)
{
    const long IntervalMilliseconds = 250;

    readonly Stopwatch time = Stopwatch.StartNew();
    long last;

    public void Report(long done, long total)
    {
        long before = Interlocked.Read(ref last), now = time.ElapsedMilliseconds;
        if (now - before < IntervalMilliseconds || Interlocked.CompareExchange(ref last, now, before) != before) return;
        events.Send(new ProgressEvent(subject, done, total));
    }
}
