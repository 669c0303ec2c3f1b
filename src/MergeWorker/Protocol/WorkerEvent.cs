using System.Text.Json;
using System.Text.Json.Serialization;

namespace MergeWorker.Protocol;

/// <summary>One line of the worker's standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t")]
[JsonDerivedType(typeof(DiagnosticEvent), "diag")]
[JsonDerivedType(typeof(PlanEvent), "plan")]
[JsonDerivedType(typeof(ProgressEvent), "progress")]
[JsonDerivedType(typeof(ResultEvent), "result")]
abstract record WorkerEvent
{
    public string ToJson() => JsonSerializer.Serialize(this, ProtocolJson.Default.WorkerEvent);

    /// <exception cref="JsonException">The line is not an event.</exception>
    public static WorkerEvent Parse(string line) =>
        JsonSerializer.Deserialize(line, ProtocolJson.Default.WorkerEvent) ?? throw new JsonException("The event is null.");
}

/// <summary>Something to tell the user, in the parts of MSBuild's format.</summary>
/// <param name="Severity">"error", "warning" or "message".</param>
/// <param name="Line">At least 1, as is the column.</param>
sealed record DiagnosticEvent(string Severity, string Code, string File, int Line, int Column, string Text) : WorkerEvent;

/// <summary>Sent once, before the first merge: how many models of the request are what.</summary>
sealed record PlanEvent(int UpToDate, int FromCache, int ToRun, int Failed) : WorkerEvent;

/// <summary>How far the merge of a model is, in bytes of its output.</summary>
sealed record ProgressEvent(string Model, long Done, long Total) : WorkerEvent;

/// <summary>A model is complete and in its place.</summary>
sealed record ResultEvent(string Model, string Digest, long Bytes, double Seconds) : WorkerEvent;
