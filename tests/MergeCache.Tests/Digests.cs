namespace MergeCache.Tests;

public sealed class Digests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly DigestTable table;
    readonly string file;

    public Digests()
    {
        table = new DigestTable(folder["digests"]);
        file = folder.Write("weights", "hello");
    }

    public void Dispose() => folder.Dispose();

    TrackedPath Old => TrackedPath.See(file, FileStamp.Now() + 2_000_000_000);

    [Fact]
    public void AreFoundWhileTheStampHolds()
    {
        table.Store(Old, ["a 1", "odd\nname 2"]);
        Assert.Equal(["a 1", "odd\nname 2"], table.Find(file, FileStamp.Of(file)!)!);
    }

    [Fact]
    public void AreNotFoundAfterAChange()
    {
        table.Store(Old, ["a 1"]);
        File.WriteAllText(file, "hello!");
        Assert.Null(table.Find(file, FileStamp.Of(file)!));
    }

    [Fact]
    public void OfAYoungFileAreNotKept()
    {
        table.Store(TrackedPath.See(file, FileStamp.Now()), ["a 1"]);
        Assert.Null(table.Find(file, FileStamp.Of(file)!));
    }

    [Fact]
    public void AreSharedByTables()
    {
        table.Store(Old, ["a 1"]);
        Assert.Equal(["a 1"], new DigestTable(folder["digests"]).Find(file, FileStamp.Of(file)!)!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("something else\n")]
    [InlineData("mergesdk-digests 1\n")]
    public void DamagedEntryIsIgnored(string text)
    {
        table.Store(Old, ["a 1"]);
        File.WriteAllText(Assert.Single(Directory.GetFiles(folder["digests"])), text);
        Assert.Null(table.Find(file, FileStamp.Of(file)!));
    }

    [Fact]
    public void FolderThatCannotBeWrittenCostsOnlyTime()
    {
        var blocked = new DigestTable(Path.Combine(file, "digests"));
        blocked.Store(Old, ["a 1"]);
        Assert.Null(blocked.Find(file, FileStamp.Of(file)!));
    }
}
