namespace MergeEngine.Checkpoints.Torch;

/// <summary>One entry of a zip's central directory; what it says is not checked against the file yet.</summary>
/// <param name="HeaderOffset">Place of the local header, bytes from the start of the file.</param>
/// <param name="PackedLength">Bytes in the file.</param>
/// <param name="Length">Bytes of the content.</param>
readonly record struct ZipEntry(string Name, int Flags, int Method, long HeaderOffset, long PackedLength, long Length)
{
    public const int Stored = 0, Deflated = 8;

    public bool IsEncrypted => (Flags & 0x41) != 0;
}
