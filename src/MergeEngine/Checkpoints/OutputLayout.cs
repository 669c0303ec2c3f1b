using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MergeEngine.Checkpoints;

/// <summary>Where every byte of an output checkpoint goes, known before any is computed. Depends on names, dtypes, shapes and the limit only.</summary>
public sealed class OutputLayout
{
    /// <summary>The header's length is a multiple of this, as other writers keep it, so that the data is aligned.</summary>
    const int Alignment = 8;

    /// <summary>Name of a model's weight files without what follows it.</summary>
    public const string ModelName = "model";

    readonly IReadOnlyList<(string Name, Dtype Dtype, TensorShape Shape)> tensors;
    readonly OutputPlace[] places;

    OutputLayout(IReadOnlyList<(string Name, Dtype Dtype, TensorShape Shape)> tensors, IReadOnlyList<List<int>> groups, string name)
    {
        IndexName = $"{name}.safetensors.index.json";
        (this.tensors, places) = (tensors, new OutputPlace[tensors.Count]);
        Shards = [.. groups.Select((group, shard) => Place(group, shard, ShardName(name, shard, groups.Count)))];
        TotalSize = places.Sum(place => place.Length);
        Index = groups.Count > 1 ? WriteIndex() : ReadOnlyMemory<byte>.Empty;
    }

    public IReadOnlyList<OutputShard> Shards { get; }

    /// <summary>By index of the tensor in the list that the layout was made from.</summary>
    public IReadOnlyList<OutputPlace> Places => places;

    /// <summary>Bytes of all tensors.</summary>
    public long TotalSize { get; }

    /// <summary>Text of the shard index; empty if there is one file.</summary>
    public ReadOnlyMemory<byte> Index { get; }

    public string IndexName { get; }

    /// <summary>Names and lengths of all files, the index last.</summary>
    public IEnumerable<(string Name, long Length)> Files =>
        [.. Shards.Select(shard => (shard.Name, shard.Length)), .. Index.IsEmpty ? [] : new[] { (IndexName, (long)Index.Length) }];

    /// <param name="tensors">Names are unique. A shard takes tensors in this order until the next would exceed the limit.</param>
    /// <param name="maxShardBytes">Most bytes of tensors per file; a larger tensor gets a file of its own. 0 or less: one file.</param>
    /// <param name="name">Name of the files without what follows it.</param>
    /// <exception cref="ArgumentException">A name comes twice, or is __metadata__.</exception>
    public static OutputLayout Create(IReadOnlyList<(string Name, Dtype Dtype, TensorShape Shape)> tensors, long maxShardBytes, string name = ModelName)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name)) throw new ArgumentException($"The name '{tensor.Name}' is taken.", nameof(tensors));
        }
        return new(tensors, Fill(tensors, maxShardBytes > 0 ? maxShardBytes : long.MaxValue), name);
    }

    static List<List<int>> Fill(IReadOnlyList<(string Name, Dtype Dtype, TensorShape Shape)> tensors, long limit)
    {
        List<List<int>> groups = [[]];
        long used = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            long length = Length(tensors[i]);
            if (groups[^1].Count > 0 && length > limit - used)
            {
                groups.Add([]);
                used = 0;
            }
            groups[^1].Add(i);
            used = checked(used + length);
        }
        return groups;
    }

    static long Length((string Name, Dtype Dtype, TensorShape Shape) tensor) => checked(tensor.Shape.Count * tensor.Dtype.Size());

    static string ShardName(string name, int shard, int count) =>
        count == 1 ? $"{name}.safetensors" : $"{name}-{shard + 1:d5}-of-{count:d5}.safetensors";

    /// <summary>Wider elements first, so that every tensor is aligned; else in the order of the list.</summary>
    OutputShard Place(List<int> group, int shard, string name)
    {
        long begin = 0;
        foreach (int i in group.OrderByDescending(i => tensors[i].Dtype.Size()))
        {
            places[i] = new(shard, begin, Length(tensors[i]));
            begin += places[i].Length;
        }
        byte[] header = WriteHeader(group);
        foreach (int i in group) places[i] = places[i] with { Offset = header.Length + places[i].Offset };
        return new(name, header, header.Length + begin);
    }

    /// <summary>Offsets of the group's places still count from the start of the data.</summary>
    byte[] WriteHeader(List<int> group)
    {
        byte[] json = Json(indented: false, writer =>
        {
            writer.WriteStartObject(SafetensorsHeader.MetadataKey);
            writer.WriteString("format", "pt");
            writer.WriteEndObject();
            foreach (int i in group.OrderBy(i => tensors[i].Name, StringComparer.Ordinal)) WriteTensor(writer, i);
        });
        int length = (json.Length + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        header.AsSpan(sizeof(ulong)).Fill((byte)' ');
        json.CopyTo(header, sizeof(ulong));
        return header;
    }

    void WriteTensor(Utf8JsonWriter writer, int i)
    {
        writer.WriteStartObject(tensors[i].Name);
        writer.WriteString("dtype", tensors[i].Dtype.ToString());
        WriteArray(writer, "shape", tensors[i].Shape.Extents);
        WriteArray(writer, "data_offsets", [places[i].Offset, places[i].Offset + places[i].Length]);
        writer.WriteEndObject();
    }

    static void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<long> values)
    {
        writer.WriteStartArray(name);
        foreach (long value in values) writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }

    byte[] WriteIndex() => Json(indented: true, writer =>
    {
        writer.WriteStartObject("metadata");
        writer.WriteNumber("total_size", TotalSize);
        writer.WriteEndObject();
        writer.WriteStartObject("weight_map");
        foreach (int i in Enumerable.Range(0, tensors.Count).OrderBy(i => tensors[i].Name, StringComparer.Ordinal))
            writer.WriteString(tensors[i].Name, Shards[places[i].Shard].Name);
        writer.WriteEndObject();
    });

    /// <summary>An object; the newline is fixed so that every system writes the same bytes.</summary>
    static byte[] Json(bool indented, Action<Utf8JsonWriter> writeContent)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            writer.WriteStartObject();
            writeContent(writer);
            writer.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
