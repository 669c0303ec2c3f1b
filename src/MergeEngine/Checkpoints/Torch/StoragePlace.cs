namespace MergeEngine.Checkpoints.Torch;

/// <summary>Where the bytes of a storage are; inside the file, checked.</summary>
/// <param name="Offset">First byte in the file, or 0 of the inflated entry.</param>
/// <param name="Length">Bytes, inflated.</param>
/// <param name="Deflated">The packed bytes, if the storage is compressed.</param>
readonly record struct StoragePlace(long Offset, long Length, DeflatedEntry? Deflated);
