using MergeEngine.Checkpoints;

namespace MergeEngine.Output;

/// <summary>A tensor that was written.</summary>
/// <param name="Digest">Digest of its bytes, in hexadecimal digits.</param>
public sealed record OutputTensor(string Name, Dtype Dtype, TensorShape Shape, string Digest);
