namespace MergeEngine.Checkpoints;

/// <summary>Reads stored bytes of a tensor: all of the destination, from a byte of the tensor on.</summary>
delegate void TensorInput(TensorInfo tensor, long byteOffset, Span<byte> destination);
