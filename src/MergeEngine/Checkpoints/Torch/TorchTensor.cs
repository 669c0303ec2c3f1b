namespace MergeEngine.Checkpoints.Torch;

/// <summary>A tensor as a pickle describes it; whether it fits its storage is not checked yet.</summary>
/// <param name="Offset">Elements from the start of the storage.</param>
/// <param name="Extents">Outermost first.</param>
/// <param name="Strides">Elements between neighbours, one for each extent.</param>
sealed record TorchTensor(TorchStorage Storage, Dtype Dtype, long Offset, long[] Extents, long[] Strides);
