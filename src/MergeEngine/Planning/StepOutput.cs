using MergeEngine.Checkpoints;

namespace MergeEngine.Planning;

/// <summary>One tensor that a step writes.</summary>
public sealed record StepOutput(string Name, Dtype Dtype, TensorShape Shape);
