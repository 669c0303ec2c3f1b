using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Files of tests/data/formats, and safetensors bytes read and written without the code under test.</summary>
static class Formats
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([TestData.Folder, "formats", .. parts]);

    /// <summary>A file with this header, as it is, and this many bytes of data.</summary>
    public static byte[] File(string json, int dataLength) => File(Encoding.UTF8.GetBytes(json), new byte[dataLength]);

    public static byte[] File(byte[] json, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }

    /// <summary>Bytes of every tensor, by a reader of a few lines that trusts the file.</summary>
    public static Dictionary<string, (string Dtype, long[] Shape, byte[] Bytes)> Tensors(string file)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(file);
        int data = 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, data - 8));
        return header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__").ToDictionary(entry => entry.Name, entry =>
        {
            long[] offsets = Longs(entry.Value.GetProperty("data_offsets"));
            return (entry.Value.GetProperty("dtype").GetString()!, Longs(entry.Value.GetProperty("shape")),
                bytes[(data + (int)offsets[0])..(data + (int)offsets[1])]);
        });
    }

    /// <summary>Diagnostics of an action that must fail with a <see cref="MergeException"/>.</summary>
    public static IReadOnlyList<Diagnostic> Errors(Action action) => Assert.Throws<MergeException>(action).Diagnostics;

    static long[] Longs(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt64())];
}
