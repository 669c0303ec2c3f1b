namespace MergeEngine.Checkpoints.Torch;

/// <summary>Bytes that tensors are views of, as a pickle names them.</summary>
/// <param name="Key">Name of the zip entry below data/, or key in the legacy format's list.</param>
/// <param name="Dtype">Null: the storage knows only bytes.</param>
/// <param name="Count">Elements; bytes without a dtype.</param>
sealed record TorchStorage(string Key, Dtype? Dtype, long Count)
{
    public int ElementLength => Dtype?.Size() ?? 1;
}
