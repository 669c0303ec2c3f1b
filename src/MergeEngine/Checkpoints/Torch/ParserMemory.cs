namespace MergeEngine.Checkpoints.Torch;

/// <summary>What the reading of one torch file may allocate: counted before it is allocated, never given back.</summary>
/// <param name="file">Full path, for the error.</param>
sealed class ParserMemory(string file)
{
    /// <summary>Enough for some 40,000 tensors.</summary>
    public const long Limit = 48L << 20;

    long used;

    /// <exception cref="MergeException">MRG0266: the file asks for more.</exception>
    public void Take(long bytes)
    {
        if (bytes > Limit - used) throw new MergeException(Errors.TorchParserLimit(file, Limit));
        used += bytes;
    }
}
