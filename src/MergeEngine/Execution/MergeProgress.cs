namespace MergeEngine.Execution;

/// <summary>How far a merge is.</summary>
/// <param name="Tensors">Output tensors that are done.</param>
/// <param name="AllTensors">Output tensors in all.</param>
/// <param name="Bytes">Output bytes written.</param>
/// <param name="AllBytes">Output bytes in all.</param>
public readonly record struct MergeProgress(int Tensors, int AllTensors, long Bytes, long AllBytes);
