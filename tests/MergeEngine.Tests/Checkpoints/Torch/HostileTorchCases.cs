using System.Diagnostics;
using System.Text.Json;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Every file of tests/data/formats/torch-hostile is refused with the code of its defect, fast and with little memory.</summary>
public class HostileTorchCases
{
    /// <summary>Reads: the entry outside of the archive's folder is never looked at.</summary>
    const string Harmless = "zip-path-traversal";

    /// <summary>Names as they stand in the files: protocol 2 has those of Python 2. file | code | what the text must say.</summary>
    const string Cases =
        """
        os-system             | MRG0264 | 'posix.system'
        builtins-eval         | MRG0264 | '__builtin__.eval'
        os-system-protocol4   | MRG0264 | 'posix.system'
        os-system-legacy      | MRG0264 | 'posix.system'
        subprocess            | MRG0264 | 'commands.check_output'
        getattr               | MRG0264 | '__builtin__.getattr'
        import                | MRG0264 | '__builtin__.__import__'
        unknown-class         | MRG0264 | 'argparse.Namespace'
        missing-storage       | MRG0262 | 'data/0'
        short-storage         | MRG0270 | storage '0' has 2 elements of 4 bytes in the file; expected 12
        pickle-cut            | MRG0263 | are left
        pickle-empty          | MRG0263 | at byte 0
        big-endian            | MRG0267 | little
        view-beyond-storage   | MRG0269 | tensor 'w'
        offset-beyond-storage | MRG0269 | tensor 'w'
        negative-offset       | MRG0273 | offset -3
        negative-stride       | MRG0273 | strides [-3, 1]
        huge-shape            | MRG0224 | [1099511627776, 1099511627776]
        stride-overflow       | MRG0269 | strides [4611686018427387904, 1]
        huge-length           | MRG0263 | 4611686018427387904 bytes announced
        deep-nesting          | MRG0268 | a list
        memo-bomb             | MRG0268 | a list of 2 values
        stack-underflow       | MRG0263 | values that are not there
        unknown-opcode        | MRG0263 | opcode 0xfe
        protocol9             | MRG0265 | protocol 9
        not-a-checkpoint      | MRG0260 | no file of torch.save
        zip-cut               | MRG0261 | cut off
        """;

    public static IEnumerable<object[]> Rows => Cases.Split('\n').Select(row => row.Split('|', 3, StringSplitOptions.TrimEntries));

    static string PathOf(string name) => Formats.Path("torch-hostile", name + ".pt");

    [Theory]
    [MemberData(nameof(Rows))]
    public void FailsWithItsCode(string name, string code, string text)
    {
        var error = Assert.Single(Formats.Errors(() => TorchFile.Read(PathOf(name))));
        Assert.Equal((code, new SourcePosition(PathOf(name))), (error.Code, error.Position));
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Text, char.IsControl);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TakesLittle(string name, string code, string text)
    {
        _ = (code, text);
        Formats.Errors(() => TorchFile.Read(PathOf(name)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var time = Stopwatch.StartNew();
        Formats.Errors(() => TorchFile.Read(PathOf(name)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 1);
    }

    [Fact]
    public void IsCoveredWhole()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Formats.Path("torch-hostile", "cases.json")));
        var files = cases.RootElement.EnumerateArray().Select(entry => Path.GetFileNameWithoutExtension(entry.GetProperty("file").GetString()!));
        Assert.Equal(files.Except([Harmless]).Order(), Rows.Select(row => (string)row[0]).Order());
    }

    [Fact]
    public void EntriesOutsideOfTheArchiveAreNotLookedAt()
    {
        string folder = Path.GetDirectoryName(PathOf(Harmless))!;
        string[] before = [.. Directory.EnumerateFileSystemEntries(folder), .. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder)!)];
        Assert.NotEmpty(TorchFile.Read(PathOf(Harmless)));
        string[] after = [.. Directory.EnumerateFileSystemEntries(folder), .. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder)!)];
        Assert.Equal(before, after);
    }
}
