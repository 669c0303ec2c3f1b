using System.Text.Json.Serialization;

namespace MergeWorker.Protocol;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerEvent))]
sealed partial class ProtocolJson : JsonSerializerContext;
