using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Puts pickles and the zips around them together, opcode by opcode.</summary>
static class PickleBytes
{
    public static readonly byte[] Start = [0x80, 2], Stop = [(byte)'.'];

    public static readonly byte[] EmptyOrderedDict = [.. Global("collections", "OrderedDict"), (byte)')', (byte)'R'];

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Text(string text) => [(byte)'X', .. LittleEndian(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Global(string module, string name) => Encoding.ASCII.GetBytes($"c{module}\n{name}\n");

    public static byte[] Number(long number)
    {
        byte[] bytes = new byte[10];
        (bytes[0], bytes[1]) = (0x8A, 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), number);
        return bytes;
    }

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. Join(items), (byte)'t'];

    public static byte[] Numbers(params long[] numbers) => Tuple([.. numbers.Select(Number)]);

    public static byte[] Storage(string key, long count, string type = "FloatStorage") =>
        [.. Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Number(count)), (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] extents, long[] strides) =>
        [.. Global("torch._utils", "_rebuild_tensor_v2"), .. Tuple(storage, Number(offset), Numbers(extents), Numbers(strides), [0x89], EmptyOrderedDict), (byte)'R'];

    /// <summary>A dictionary with these names and values.</summary>
    public static byte[] Dict(params (string Name, byte[] Value)[] entries) =>
        [(byte)'}', (byte)'(', .. entries.SelectMany(entry => Join(Text(entry.Name), entry.Value)), (byte)'u'];

    public static byte[] Pickle(params byte[][] parts) => [.. Start, .. Join(parts), .. Stop];

    /// <summary>A zip as torch.save writes it, but for the alignment.</summary>
    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        Archive([("m/data.pkl", pickle), .. storages.Select(storage => ("m/data/" + storage.Key, storage.Bytes))]);

    public static byte[] Archive(params (string Name, byte[] Bytes)[] entries) => Archive(CompressionLevel.NoCompression, entries);

    public static byte[] Archive(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Bytes of the numbers 0, 1, 2 ... as float32.</summary>
    public static byte[] Floats(int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((float)i))];

    static byte[] LittleEndian(int number) => BitConverter.GetBytes(number);
}
