using System.Text.RegularExpressions;

namespace MergeEngine.Checkpoints;

/// <summary>Writes an output checkpoint: files appear under their names only when all are whole, the index last.</summary>
/// <remarks>Not completed, it leaves nothing behind. Does not force the bytes to the disk: a killed process loses nothing, a power cut may.</remarks>
public sealed partial class CheckpointWriter : IDisposable
{
    readonly string directory;
    readonly OutputLayout layout;
    readonly List<OutputFile> shards = [];

    /// <summary>Creates the folder and the .part files with their headers.</summary>
    /// <exception cref="MergeException">MRG0604: disk full. MRG0605: not writable.</exception>
    public CheckpointWriter(string directory, OutputLayout layout)
    {
        (this.directory, this.layout) = (Path.GetFullPath(directory), layout);
        try
        {
            CreateFolder();
            foreach (var shard in layout.Shards) Create(shard);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Writes a part of a tensor. Thread-safe; parts come in any order, each byte once.</summary>
    /// <param name="tensorIndex">In the list that the layout was made from.</param>
    /// <param name="byteOffset">From the start of the tensor.</param>
    /// <param name="bytes">Must lie within the tensor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes do not all lie in the tensor.</exception>
    /// <exception cref="MergeException">MRG0604: disk full. MRG0605: not writable.</exception>
    public void Write(int tensorIndex, long byteOffset, ReadOnlySpan<byte> bytes)
    {
        var place = layout.Places[tensorIndex];
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteOffset, place.Length - bytes.Length);
        shards[place.Shard].Write(place.Offset + byteOffset, bytes);
    }

    /// <summary>Gives the files their names, the index last. Other weight files of an earlier checkpoint in the folder are removed first.</summary>
    /// <exception cref="InvalidOperationException">Bytes are missing.</exception>
    /// <exception cref="MergeException">MRG0604: disk full. MRG0605: not writable.</exception>
    public void Complete()
    {
        foreach (var shard in shards) shard.Close();
        using var index = layout.Index.IsEmpty ? null : CreateIndex();
        RemoveEarlier();
        foreach (var shard in shards) shard.Publish();
        index?.Publish();
    }

    public void Dispose() => shards.ForEach(shard => shard.Dispose());

    void Create(OutputShard shard)
    {
        var file = new OutputFile(Path.Combine(directory, shard.Name), shard.Length);
        shards.Add(file);
        file.Write(0, shard.Header.Span);
    }

    OutputFile CreateIndex()
    {
        var file = new OutputFile(Path.Combine(directory, layout.IndexName), layout.Index.Length);
        file.Write(0, layout.Index.Span);
        file.Close();
        return file;
    }

    void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.OutputNotWritable(directory, exception.Message));
        }
    }

    /// <summary>An old index would name old tensors in new shards, and old shards would stay forever; the index goes first.</summary>
    /// <remarks>One file over one file removes nothing: the rename replaces the old checkpoint at once.</remarks>
    void RemoveEarlier()
    {
        try
        {
            File.Delete(Path.Combine(directory, layout.IndexName));
            foreach (string file in Directory.EnumerateFiles(directory, "model*.safetensors").Where(IsStale)) File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.OutputNotWritable(directory, exception.Message));
        }
    }

    bool IsStale(string file)
    {
        string name = Path.GetFileName(file);
        return (name == Checkpoint.SingleFileName || ShardName().IsMatch(name)) && layout.Shards.All(shard => shard.Name != name);
    }

    [GeneratedRegex(@"^model-\d+-of-\d+\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();
}
