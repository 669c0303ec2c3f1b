using System.Text;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Random damage to valid files, with a fixed seed: a valid checkpoint or a MergeException, no other exception, no memory by the word of the file.</summary>
public class MutatedFiles
{
    const int Rounds = 6000;

    static readonly string[] Tokens =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "0", "1e9", "9223372036854775807", "99999999999999999999", "\\ud800", "\\u0000", "\"a\"", "F64", "..", "/", "\\", "__metadata__", "dtype", "\u00ff", "\0", " "];

    static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> result = [.. bytes];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(result.Count + 1);
            int length = Math.Min(random.Next(1, 12), result.Count - at);
            switch (random.Next(5))
            {
                case 0: result.RemoveRange(at, length); break;
                case 1: result.InsertRange(at, result.GetRange(at, length)); break;
                case 2: result.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                case 3 when at < result.Count: result[at] = (byte)random.Next(256); break;
                default: result.RemoveRange(at, length); result.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(1000).ToString())); break;
            }
        }
        return [.. result];
    }

    /// <summary>Runs the action on damaged copies and counts those that it took for valid.</summary>
    static int Accepted(byte[] valid, long mostAllocated, Func<byte[], bool> accepts)
    {
        var random = new Random(20261124);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Mutate(valid, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (accepts(bytes)) accepted++;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostAllocated);
        }
        return accepted;
    }

    [Theory]
    [InlineData("metadata")]
    [InlineData("loose-header")]
    [InlineData("empty-and-scalar")]
    public void HeadersAreValidOrRefused(string name)
    {
        byte[] file = File.ReadAllBytes(Formats.Path("safetensors", name + ".safetensors"));
        int headerLength = BitConverter.ToInt32(file);
        long dataLength = file.Length - 8 - headerLength;
        int accepted = Accepted(file[8..(8 + headerLength)], 1 << 20, json =>
        {
            if (json.Length == 0) return false;
            var errors = new List<Diagnostic>();
            var header = SafetensorsHeader.Parse(json, "/m", dataLength, errors);
            Assert.Equal(header is null, errors.Count > 0);
            if (header is not null) FillsItsFile(header, 8 + json.Length, dataLength);
            return header is not null;
        });
        // Both outcomes must occur, or the mutations test nothing.
        Assert.InRange(accepted, 10, Rounds - 1000);
    }

    [Fact]
    public void FilesAreValidOrRefused()
    {
        using var folder = new TemporaryFolder();
        string file = folder["m.safetensors"];
        int round = 0;
        int accepted = Accepted(File.ReadAllBytes(Formats.Path("safetensors", "odd-names.safetensors")), 1 << 20, bytes =>
        {
            if (round++ % 8 != 0) return false;
            File.WriteAllBytes(file, bytes);
            return Accepts(() => SafetensorsHeader.Read(file));
        });
        Assert.InRange(accepted, 5, Rounds / 8 - 100);
    }

    [Fact]
    public void IndexesAreValidOrRefused()
    {
        byte[] valid = File.ReadAllBytes(Formats.Path("sharded", "good", ShardIndex.FileName));
        int accepted = Accepted(valid, 1 << 20, json =>
        {
            var errors = new List<Diagnostic>();
            var index = ShardIndex.Parse(json, "/folder/index.json", errors);
            Assert.Equal(index is null, errors.Count > 0);
            Assert.All(index?.Shards ?? [], shard => Assert.StartsWith("/folder/", Path.GetFullPath(shard, "/folder"), StringComparison.Ordinal));
            return index is not null;
        });
        Assert.InRange(accepted, 100, Rounds - 1000);
    }

    [Fact]
    public void FoldersAreValidOrRefused()
    {
        using var folder = new TemporaryFolder().With("sharded/good");
        string index = folder[ShardIndex.FileName];
        int round = 0;
        int accepted = Accepted(File.ReadAllBytes(index), 1 << 20, bytes =>
        {
            if (round++ % 8 != 0) return false;
            File.WriteAllBytes(index, bytes);
            return Accepts(() => Checkpoint.Open(folder.FullPath));
        });
        Assert.InRange(accepted, 5, Rounds / 8 - 100);
    }

    static bool Accepts(Action open)
    {
        try
        {
            open();
            return true;
        }
        catch (MergeException exception)
        {
            Assert.All(exception.Diagnostics, error => Assert.DoesNotContain(error.Text, char.IsControl));
            return false;
        }
    }

    static void FillsItsFile(SafetensorsHeader header, long dataStart, long dataLength)
    {
        long end = dataStart;
        foreach (var tensor in header.Tensors)
        {
            Assert.Equal((end, tensor.Shape.Count * tensor.Dtype.Size()), (tensor.Offset, tensor.Length));
            end += tensor.Length;
        }
        Assert.Equal(dataStart + dataLength, end);
    }
}
