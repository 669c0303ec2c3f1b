using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>A file of the format before torch 1.6: five pickles, then the storages one after another, each with its count of elements before it.</summary>
sealed class LegacyContent
{
    const long Version = 1001;

    static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    readonly string file;
    readonly PickleMachine machine;
    readonly Dictionary<string, StoragePlace> places = new(StringComparer.Ordinal);

    /// <exception cref="MergeException">MRG0260: another file. MRG0263-MRG0267: not readable. MRG0270: a storage does not have its size.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public LegacyContent(string file, SafeFileHandle handle, long length, ParserMemory memory)
    {
        this.file = file;
        var input = new PickleInput(file, new FileRange(handle, 0, length), length, memory);
        machine = new PickleMachine(file, input, memory);
        if (machine.Read() is not BigInteger magic || magic != Magic || machine.Read() is not Version) throw new MergeException(Errors.NotATorchFile(file));
        if (machine.Read() is PickleDict system && system.Entries.GetValueOrDefault("little_endian") is false) throw new MergeException(Errors.BigEndian(file));
        Root = machine.Read();
        var storages = machine.Storages;
        if (machine.Read() is not List<object?> keys) throw input.Malformed("no list of storages");
        ReadPlaces(keys, storages, handle, input.Position, length, memory);
    }

    /// <summary>What was saved.</summary>
    public object? Root { get; }

    public StoragePlace? Place(TorchStorage storage, List<Diagnostic> errors)
    {
        if (!places.TryGetValue(storage.Key, out var place)) errors.Add(Errors.StorageMissing(file, storage.Key));
        else if (place.Length % storage.ElementLength != 0 || place.Length / storage.ElementLength != storage.Count)
            errors.Add(Errors.StorageSizeDiffers(file, storage.Key, place.Length / storage.ElementLength, storage.Count, storage.ElementLength));
        else return place;
        return null;
    }

    /// <summary>The file says only how many elements there are; how long one is, only the tensors do.</summary>
    void ReadPlaces(List<object?> keys, IReadOnlyDictionary<string, TorchStorage> storages, SafeFileHandle handle, long at, long length, ParserMemory memory)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        foreach (object? key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage)) throw new MergeException(Errors.StorageOfNoTensor(file, key as string ?? "(no string)"));
            if (!PositionalFile.TryRead(handle, prefix, at)) throw new MergeException(Errors.StorageSizeDiffers(file, name, 0, storage.Count, storage.ElementLength));
            long count = BinaryPrimitives.ReadInt64LittleEndian(prefix), start = at + sizeof(long), left = (length - start) / storage.ElementLength;
            if (count != storage.Count || count > left)
                throw new MergeException(Errors.StorageSizeDiffers(file, name, count == storage.Count ? left : count, storage.Count, storage.ElementLength));
            memory.Take(128);
            if (!places.TryAdd(name, new(start, count * storage.ElementLength, null))) throw new MergeException(Errors.StorageOfNoTensor(file, name));
            at = start + count * storage.ElementLength;
        }
    }
}
