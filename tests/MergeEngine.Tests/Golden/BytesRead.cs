using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Golden;

/// <summary>Counts what a thread reads from files, to show that plans read no weights.</summary>
static partial class BytesRead
{
    const string Counters = "/proc/thread-self/io";

    /// <summary>Room for reading the counters themselves.</summary>
    const int CounterFile = 512;

    public static bool CanBeCounted { get; } = File.Exists(Counters);

    public static long By(Action action)
    {
        long before = OfThisThread();
        action();
        return OfThisThread() - before;
    }

    /// <summary>Grows with every read of this thread, also with those of this file.</summary>
    static long OfThisThread() =>
        long.Parse(File.ReadLines(Counters).First(line => line.StartsWith("rchar:", StringComparison.Ordinal))["rchar:".Length..], CultureInfo.InvariantCulture);

    /// <summary>All that planning a golden recipe may read: the recipe, and of its models everything but tensor data.</summary>
    public static long BesideWeights(string name)
    {
        string recipe = File.ReadAllText(Findings.FileOf(name));
        var files = Model().Matches(recipe).Select(match => match.Value).Distinct().Select(model => Path.Combine(TestData.Folder, model))
            .Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);
        return CounterFile + recipe.Length + files.Sum(file => file.EndsWith(".safetensors", StringComparison.Ordinal) ? HeaderLength(file) : new FileInfo(file).Length);
    }

    static long HeaderLength(string file)
    {
        using var stream = File.OpenRead(file);
        byte[] prefix = new byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        return sizeof(ulong) + (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(prefix), (ulong)stream.Length);
    }

    [GeneratedRegex(@"models/[\w-]+")]
    private static partial Regex Model();
}
