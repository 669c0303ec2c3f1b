namespace MergeCache.Tests;

/// <summary>Both ways of putting a folder in place, and what is left when a process dies between two steps.</summary>
public sealed class Swaps : IDisposable
{
    readonly TemporaryFolder folder = new();

    public static TheoryData<string> Ways => new("exchange", "plain");

    public void Dispose() => folder.Dispose();

    string Target => folder["ties"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void FirstFolderIsPutInPlace(string way)
    {
        Commit(NewStaging("new"), way);
        Assert.Equal(["ties"], Names());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "file")));
    }

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void NewFolderReplacesTheOldOne(string way)
    {
        Skip.If(way == "exchange" && !OperatingSystem.IsLinux(), "only Linux exchanges folders");
        folder.Write("ties/file", "old");
        folder.Write("ties/only-old", "old");
        Commit(NewStaging("new"), way);
        Assert.Equal(["ties"], Names());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "file")));
        Assert.False(File.Exists(Path.Combine(Target, "only-old")));
    }

    [SkippableFact]
    public void LinuxExchanges()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux exchanges folders");
        folder.Write("a/file", "a");
        folder.Write("b/file", "b");
        Assert.True(LinuxRename.TryExchange(folder["a"], folder["b"]));
        Assert.Equal("b", File.ReadAllText(folder["a/file"]));
        Assert.False(LinuxRename.TryExchange(folder["a"], folder["none"]));
    }

    [Fact]
    public void OldFolderComesBackAfterTheFirstRename()
    {
        folder.Write(".ties.old/file", "old");
        FolderSwap.Recover(Target);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "file")));
    }

    [Fact]
    public void OldFolderGoesAfterTheSecondRename()
    {
        folder.Write(".ties.old/file", "old");
        folder.Write("ties/file", "new");
        FolderSwap.Recover(Target);
        Assert.Equal(["ties"], Names());
        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "file")));
    }

    [Fact]
    public void StagingOfTheOwnerIsRemovedAndNoOther()
    {
        NewStaging("new");
        FolderSwap.CreateStaging(folder.ToString(), "ties.large");
        folder.Write(".ties.txt.part/file", "not ours");
        Assert.Equal(["ties", "ties.large"], FolderSwap.Owners(folder.ToString()).Order());
        FolderSwap.RemoveStaging(folder.ToString(), "ties");
        Assert.Equal(["ties.large"], FolderSwap.Owners(folder.ToString()));
        Assert.True(File.Exists(folder[".ties.txt.part/file"]));
    }

    string NewStaging(string text)
    {
        string staging = FolderSwap.CreateStaging(folder.ToString(), "ties");
        File.WriteAllText(Path.Combine(staging, "file"), text);
        return staging;
    }

    void Commit(string staging, string way) =>
        FolderSwap.Commit(staging, Target, way == "plain" ? (_, _) => false : LinuxRename.TryExchange);

    IEnumerable<string> Names() => Directory.GetFileSystemEntries(folder.ToString()).Select(entry => Path.GetFileName(entry));
}
