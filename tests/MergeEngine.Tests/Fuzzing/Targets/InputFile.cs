using MergeEngine.Tests.Checkpoints;

namespace MergeEngine.Tests.Fuzzing.Targets;

/// <summary>A file that exists while an input is read; for readers that take a path.</summary>
static class InputFile
{
    public static void Read(string name, byte[] bytes, Action<string> read)
    {
        using var folder = new TemporaryFolder().With(name, bytes);
        read(folder[name]);
    }
}
