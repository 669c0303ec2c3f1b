using System.Text;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Writes events to standard output; any thread may.</summary>
/// <param name="gone">Called when nobody reads any more.</param>
sealed class EventWriter(Stream output, Action gone) : IDisposable
{
    readonly StreamWriter writer = new(output, new UTF8Encoding(false)) { AutoFlush = true };
    readonly Lock one = new();

    public void Send(WorkerEvent entry)
    {
        lock (one)
        {
            try
            {
                writer.WriteLine(entry.ToJson());
            }
            catch (IOException)
            {
                gone();
            }
        }
    }

    public void Send(Diagnostic diagnostic) => Send(new DiagnosticEvent(
        diagnostic.Severity.ToString().ToLowerInvariant(), diagnostic.Code, Path.GetFullPath(diagnostic.Position.File),
        Math.Max(1, diagnostic.Position.Line), Math.Max(1, diagnostic.Position.Column), diagnostic.Text.ReplaceLineEndings(" ")));

    public void Send(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics) Send(diagnostic);
    }

    public void Dispose() => writer.Dispose();
}
