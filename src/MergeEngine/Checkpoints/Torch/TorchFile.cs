using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>The tensors of one file of <c>torch.save</c>, zip or legacy. Exists only if it is valid; nothing in the file is executed.</summary>
/// <remarks>Reads pickles and directories, never tensor data. The rules are in FORMAT.md.</remarks>
public static class TorchFile
{
    /// <summary>Endings of the names that such files have.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".bin", ".pt", ".pth", ".ckpt"];

    /// <returns>In the order of the pickle.</returns>
    /// <exception cref="MergeException">MRG0209: not readable. MRG0224, MRG0260-MRG0274: malformed or refused.</exception>
    public static IReadOnlyList<TensorInfo> Read(string file)
    {
        var errors = new List<Diagnostic>();
        return TryRead(Path.GetFullPath(file), errors) ?? throw new MergeException(errors);
    }

    /// <returns>Null after errors, which are added.</returns>
    internal static IReadOnlyList<TensorInfo>? TryRead(string file, List<Diagnostic> errors)
    {
        try
        {
            if (PositionalFile.Length(file) == 0) throw new MergeException(Errors.NotATorchFile(file));
            using var handle = PositionalFile.Open(file);
            return Read(file, handle, RandomAccess.GetLength(handle));
        }
        catch (MergeException exception)
        {
            errors.AddRange(exception.Diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.Add(Errors.FileNotReadable(file, exception.Message));
        }
        return null;
    }

    static IReadOnlyList<TensorInfo> Read(string file, SafeFileHandle handle, long length)
    {
        var memory = new ParserMemory(file);
        Span<byte> start = stackalloc byte[4];
        if (!PositionalFile.TryRead(handle, start, 0)) throw new MergeException(Errors.NotATorchFile(file));
        if (start.SequenceEqual("PK\x03\x04"u8))
        {
            var zip = new ZipContent(file, handle, length, memory);
            return new TensorPlacement(file, length, zip.Place, memory).Place(StateDict.Find(zip.Root, file));
        }
        if (start[0] != 0x80) throw new MergeException(Errors.NotATorchFile(file));
        var legacy = new LegacyContent(file, handle, length, memory);
        return new TensorPlacement(file, length, legacy.Place, memory).Place(StateDict.Find(legacy.Root, file));
    }
}
