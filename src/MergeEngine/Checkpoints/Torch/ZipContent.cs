using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>A file of the format since torch 1.6: a zip with one pickle and an entry for each storage.</summary>
sealed class ZipContent
{
    const string PickleName = "data.pkl";

    readonly string file;
    readonly ZipDirectory zip;
    readonly string folder;
    readonly Dictionary<string, StoragePlace> places = new(StringComparer.Ordinal);

    /// <exception cref="MergeException">MRG0261-MRG0267, MRG0271: not readable.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ZipContent(string file, SafeFileHandle handle, long length, ParserMemory memory)
    {
        this.file = file;
        zip = new ZipDirectory(file, handle, length, memory);
        string[] pickles = [.. zip.Names.Where(name => name.EndsWith("/" + PickleName, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - PickleName.Length - 1)];
        if (pickles.Length != 1) throw new MergeException(Errors.ZipWithoutPickle(file, pickles));
        folder = pickles[0][..^PickleName.Length];
        CheckByteOrder(handle);
        using var pickle = Open(zip.Find(pickles[0])!.Value, handle, out long pickleLength);
        if (pickleLength > PickleMachine.MaxLength) throw new MergeException(Errors.TorchParserLimit(file, PickleMachine.MaxLength));
        Root = new PickleMachine(file, new PickleInput(file, pickle, pickleLength, memory), memory).Read();
    }

    /// <summary>What was saved.</summary>
    public object? Root { get; }

    public StoragePlace? Place(TorchStorage storage, List<Diagnostic> errors)
    {
        if (Find(storage.Key) is not { } place) errors.Add(Errors.StorageMissing(file, storage.Key));
        else if (place.Length % storage.ElementLength != 0 || place.Length / storage.ElementLength != storage.Count)
            errors.Add(Errors.StorageSizeDiffers(file, storage.Key, place.Length / storage.ElementLength, storage.Count, storage.ElementLength));
        else return place;
        return null;
    }

    /// <summary>Keys are only compared with the names of the directory; no path is made of them.</summary>
    StoragePlace? Find(string key)
    {
        if (places.TryGetValue(key, out var known)) return known;
        return zip.Find($"{folder}data/{key}") is { } entry ? places[key] = zip.Place(entry) : null;
    }

    void CheckByteOrder(SafeFileHandle handle)
    {
        if (zip.Find(folder + "byteorder") is not { } entry) return;
        using var stream = Open(entry, handle, out long length);
        Span<byte> order = stackalloc byte[6];
        if (length != order.Length || stream.ReadAtLeast(order, order.Length, throwOnEndOfStream: false) < order.Length || !order.SequenceEqual("little"u8))
            throw new MergeException(Errors.BigEndian(file));
    }

    Stream Open(ZipEntry entry, SafeFileHandle handle, out long length)
    {
        var place = zip.Place(entry);
        length = place.Length;
        return place.Deflated is { } packed
            ? new DeflateStream(new FileRange(handle, packed.Offset, packed.PackedLength), CompressionMode.Decompress)
            : new FileRange(handle, place.Offset, place.Length);
    }
}
