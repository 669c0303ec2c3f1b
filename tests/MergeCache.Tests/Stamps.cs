using System.Diagnostics;

namespace MergeCache.Tests;

/// <summary>The way of Linux and the plain way, on the cases that both must see; and those that only Linux can.</summary>
public sealed class Stamps : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PlainWayAgreesOnSizeAndTime()
    {
        string file = folder.Write("a", "hello");
        FileStamp stamp = FileStamp.Of(file)!;
        FileStamp plain = FileStamp.PlainStat(file, out long lastChange)!;
        Assert.Equal(5, plain.Size);
        Assert.Equal(stamp.Size, plain.Size);
        Assert.Equal(stamp.Modified / 100, plain.Modified / 100);
        Assert.Equal(plain.Modified, lastChange);
    }

    [Fact]
    public void MissingFileHasNone()
    {
        Assert.Null(FileStamp.Of(folder["none"]));
        Assert.Null(FileStamp.PlainStat(folder["none"], out _));
    }

    [Fact]
    public void FolderChangesWithItsEntries()
    {
        FileStamp before = FileStamp.Of(folder.ToString())!, plainBefore = FileStamp.PlainStat(folder.ToString(), out _)!;
        Thread.Sleep(20);
        folder.Write("new", "");
        Assert.NotEqual(before, FileStamp.Of(folder.ToString()));
        Assert.NotEqual(plainBefore, FileStamp.PlainStat(folder.ToString(), out _));
    }

    [SkippableFact]
    public void SameSizeAndTimeIsStillNoticed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only statx gives the change time");
        string file = folder.Write("a", "hello");
        DateTime modified = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, modified);
        FileStamp before = FileStamp.Of(file)!;
        Thread.Sleep(20);
        File.WriteAllText(file, "jello");
        File.SetLastWriteTimeUtc(file, modified);
        FileStamp after = FileStamp.Of(file)!;
        Assert.Equal((before.Size, before.Modified, before.Inode), (after.Size, after.Modified, after.Inode));
        Assert.NotEqual(before, after);
    }

    [SkippableFact]
    public void AnotherHardLinkChangesNothingOnceThereAreTwo()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "uses ln");
        string file = folder.Write("a", "hello");
        Link("b");
        FileStamp before = FileStamp.Of(file)!;
        Thread.Sleep(20);
        Link("c");
        Assert.Equal(before, FileStamp.Of(file));
        Assert.Equal(0, before.Changed);

        void Link(string name) => Process.Start("ln", [file, folder[name]]).WaitForExit();
    }

    [Fact]
    public void JustWrittenIsYoung()
    {
        string file = folder.Write("a", "hello");
        Assert.True(TrackedPath.See(file, FileStamp.Now()).Young);
        Assert.False(TrackedPath.See(file, FileStamp.Now() + 2_000_000_000).Young);
        Assert.False(TrackedPath.See(folder["none"], FileStamp.Now()).Young);
    }

    [Fact]
    public void YoungIsNeverCurrent()
    {
        string file = folder.Write("a", "hello");
        TrackedPath young = TrackedPath.See(file, FileStamp.Now()), old = TrackedPath.See(file, FileStamp.Now() + 2_000_000_000);
        Assert.True(young.IsSame());
        Assert.False(young.IsCurrent([]));
        Assert.True(old.IsCurrent([]));
    }

    [Theory]
    [InlineData("/models/a b/model.safetensors")]
    [InlineData("/odd\nname\\r")]
    [InlineData("x")]
    public void TextFormReadsBack(string path)
    {
        TrackedPath[] all = [new(path, new FileStamp(1, -2, 3, ulong.MaxValue), false), new(path, null, false), new(path, null, true)];
        foreach (TrackedPath one in all) Assert.Equal(one, TrackedPath.Parse(one.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 x /a")]
    [InlineData("! /a")]
    public void OtherTextIsRefused(string text) => Assert.Null(TrackedPath.Parse(text));
}
