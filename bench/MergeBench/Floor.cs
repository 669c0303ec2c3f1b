using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MergeBench;

/// <summary>The least a merge can cost: all inputs read by two threads, then a file of the output's size written by one, in blocks of 8 MiB, no fsync.</summary>
static class Floor
{
    const int BlockLength = 8 << 20;

    /// <summary>First lets the disk finish what earlier runs left to write.</summary>
    /// <param name="inputLength">Most bytes of the inputs that are read.</param>
    /// <returns>Seconds of reading plus writing.</returns>
    public static double Measure(IReadOnlyList<string> inputs, long inputLength, string outputDirectory, long outputLength)
    {
        sync();
        long start = Stopwatch.GetTimestamp();
        Read(inputs, inputLength);
        string file = Path.Combine(outputDirectory, "floor.bin");
        Write(file, outputLength);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.Delete(file);
        return seconds;
    }

    static void Read(IReadOnlyList<string> files, long length)
    {
        var blocks = files.SelectMany(file => Offsets(new FileInfo(file).Length).Select(offset => (file, offset))).Take((int)Math.Min(int.MaxValue, length / BlockLength));
        var handles = files.ToDictionary(file => file, file => File.OpenHandle(file));
        Parallel.ForEach(
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () => GC.AllocateUninitializedArray<byte>(BlockLength),
            (block, _, buffer) =>
            {
                RandomAccess.Read(handles[block.file], buffer, block.offset);
                return buffer;
            },
            _ => { });
        foreach (var handle in handles.Values) handle.Dispose();
    }

    static void Write(string file, long length)
    {
        byte[] block = GC.AllocateUninitializedArray<byte>(BlockLength);
        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        foreach (long offset in Offsets(length))
            RandomAccess.Write(handle, block.AsSpan(0, (int)Math.Min(BlockLength, length - offset)), offset);
    }

    static IEnumerable<long> Offsets(long length)
    {
        for (long offset = 0; offset < length; offset += BlockLength) yield return offset;
    }

    [DllImport("libc")]
    static extern void sync();
}
