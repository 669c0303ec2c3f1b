using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>The header of one safetensors file. Exists only if it is valid: every byte of the file is in exactly one tensor.</summary>
/// <remarks>Reads the header, never tensor data. The rules are in FORMAT.md.</remarks>
public sealed class SafetensorsHeader
{
    /// <summary>Longest header that the format allows, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>Name of the entry that is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    const int PrefixLength = sizeof(ulong);

    SafetensorsHeader(ImmutableArray<TensorInfo> tensors, IReadOnlyDictionary<string, string> metadata) => (Tensors, Metadata) = (tensors, metadata);

    /// <summary>In the order of their bytes.</summary>
    public ImmutableArray<TensorInfo> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="MergeException">MRG0209: not readable. MRG0210-0232: malformed; all errors of the file (at most about 100).</exception>
    public static SafetensorsHeader Read(string file)
    {
        var errors = new List<Diagnostic>();
        return TryRead(Path.GetFullPath(file), errors) ?? throw new MergeException(errors);
    }

    /// <returns>Null after errors, which are added.</returns>
    internal static SafetensorsHeader? TryRead(string file, List<Diagnostic> errors)
    {
        try
        {
            if (PositionalFile.Length(file) < PrefixLength)
            {
                errors.Add(Errors.FileTooShort(file, PositionalFile.Length(file)));
                return null;
            }
            using var handle = PositionalFile.Open(file);
            long length = RandomAccess.GetLength(handle);
            return ReadJson(handle, file, length, errors) is { } json ? Parse(json, file, length - PrefixLength - json.Length, errors) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(Errors.FileNotReadable(file, exception.Message));
            return null;
        }
    }

    /// <summary>Allocates the header only after its length was found to fit in the file and under the limit.</summary>
    static byte[]? ReadJson(SafeFileHandle handle, string file, long fileLength, List<Diagnostic> errors)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (!PositionalFile.TryRead(handle, prefix, 0)) return Add(errors, Errors.FileTooShort(file, fileLength));
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length == 0) return Add(errors, Errors.HeaderEmpty(file));
        if (length > MaxLength) return Add(errors, Errors.HeaderTooLong(file, length));
        if ((long)length > fileLength - PrefixLength) return Add(errors, Errors.HeaderBeyondFile(file, (long)length, fileLength));
        byte[] json = new byte[length];
        return PositionalFile.TryRead(handle, json, PrefixLength) ? json : Add(errors, Errors.HeaderBeyondFile(file, (long)length, fileLength));
    }

    static byte[]? Add(List<Diagnostic> errors, Diagnostic error)
    {
        errors.Add(error);
        return null;
    }

    /// <param name="json">The header without its length, at least one byte.</param>
    /// <param name="file">Full path, for the tensors and for errors.</param>
    /// <param name="dataLength">Bytes that follow the header.</param>
    /// <param name="errors">Errors are added here.</param>
    internal static SafetensorsHeader? Parse(ReadOnlySpan<byte> json, string file, long dataLength, List<Diagnostic> errors)
    {
        var found = new List<Diagnostic>();
        var header = ParseText(json, file, dataLength, found);
        errors.AddRange(found);
        return found.Count == 0 ? header : null;
    }

    static SafetensorsHeader? ParseText(ReadOnlySpan<byte> json, string file, long dataLength, List<Diagnostic> errors)
    {
        if (!Utf8.IsValid(json)) errors.Add(Errors.HeaderNotUtf8(file));
        else if (json[0] != (byte)'{') errors.Add(Errors.HeaderNotAnObject(file, json[0]));
        if (errors.Count > 0) return null;
        var parser = new HeaderParser(json, file, errors);
        try
        {
            parser.Parse();
        }
        catch (JsonException exception)
        {
            // What was read before the break is no witness: only the break is reported.
            errors.Clear();
            errors.Add(Errors.HeaderNotJson(file, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: {JsonText.Reason(exception)}"));
            return null;
        }
        if (errors.Count == 0) DataLayout.Check(parser.Entries, file, dataLength, errors);
        long dataStart = PrefixLength + json.Length;
        return errors.Count > 0 ? null : new([.. parser.Entries.Select(entry =>
            new TensorInfo(entry.Name, entry.Dtype, entry.Shape, file, dataStart + entry.Begin, entry.End - entry.Begin))], parser.Metadata);
    }
}
