namespace MergeCache.Tests;

public sealed class Records : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AreFoundByKey()
    {
        var records = new ActionRecords(folder["actions"]);
        records.Store("abcd", "digest");
        Assert.Equal("digest", records.Find("abcd"));
        Assert.Null(records.Find("abce"));
    }

    [Fact]
    public void DamagedOneIsIgnored()
    {
        var records = new ActionRecords(folder["actions"]);
        records.Store("abcd", "digest");
        File.WriteAllText(records.FileFor("abcd"), "dig");
        Assert.Null(records.Find("abcd"));
    }
}
